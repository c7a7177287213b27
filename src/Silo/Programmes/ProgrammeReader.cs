using System.Collections.Immutable;
using Npgsql;
using Scoring.Administration;
using Scoring.Rules;
using Scoring.Storage;

namespace Scoring.Programmes;

/// <summary>Reads what is published and registered. Every silo builds its rule book from it.</summary>
internal sealed class ProgrammeReader(LedgerDatabase database)
{
    /// <summary>
    /// Everything that is published and registered. It is one statement, so it shows one moment without a lock. A version is three
    /// documents. The fourth column is a registration's status; for a programme it is 1 for suspended plus 2 for ended.
    /// </summary>
    private const string ReadAll = """
        SELECT 'programme' AS what, id, 0 AS number, suspended::integer + 2 * ended::integer AS stands, ''::bytea AS document
        FROM ledger.programme
        UNION ALL SELECT 'terms', programme, number, 0, terms FROM ledger.rule_set
        UNION ALL SELECT 'rule-set', programme, number, 0, document FROM ledger.rule_set
        UNION ALL SELECT 'assessment', programme, number, 0, assessment FROM ledger.rule_set
        UNION ALL SELECT 'event-type', name, 0, status, document FROM ledger.event_type
        UNION ALL SELECT 'source', id, 0, status, document FROM ledger.source
        UNION ALL SELECT 'service', id, 0, status, document FROM ledger.service
        ORDER BY 1, 2, 3
        """;

    /// <summary>
    /// Whether nothing was ever published or registered. Without a lock it is a hint; the seeder runs it again under partition 0's lock.
    /// </summary>
    public const string IsEmpty = """
        SELECT NOT EXISTS (SELECT FROM ledger.programme) AND NOT EXISTS (SELECT FROM ledger.event_type)
            AND NOT EXISTS (SELECT FROM ledger.source) AND NOT EXISTS (SELECT FROM ledger.service)
        """;

    /// <summary>Reads everything that is published and registered.</summary>
    public Task<StoredState> Read(CancellationToken cancellationToken) => Read(database.Readers.CreateBatch(), cancellationToken);

    /// <summary>Reads the same inside a transaction, with its own uncommitted writes.</summary>
    public static async Task<StoredState> Read(NpgsqlBatch batch, CancellationToken cancellationToken)
    {
        var state = new StateBuilder();
        batch.BatchCommands.Add(new NpgsqlBatchCommand(ReadAll));
        await using (batch)
        {
            await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
            while (await reader.ReadAsync(cancellationToken)) state.Add(reader);
        }
        return state.Build();
    }

    /// <summary>Whether the tables are empty.</summary>
    public async Task<bool> AreEmpty(CancellationToken cancellationToken)
    {
        await using var command = database.Readers.CreateCommand(IsEmpty);
        return await command.ExecuteScalarAsync(cancellationToken) is true;
    }

    private sealed class StateBuilder
    {
        private readonly ImmutableArray<StoredDocument>.Builder _documents = ImmutableArray.CreateBuilder<StoredDocument>();
        private readonly ImmutableHashSet<ProgrammeId>.Builder _suspended = ImmutableHashSet.CreateBuilder<ProgrammeId>();
        private readonly ImmutableHashSet<ProgrammeId>.Builder _ended = ImmutableHashSet.CreateBuilder<ProgrammeId>();
        private readonly ImmutableDictionary<string, RegistrationStatus>.Builder _registrations =
            ImmutableDictionary.CreateBuilder<string, RegistrationStatus>(StringComparer.Ordinal);

        public StoredState Build() =>
            new(_documents.ToImmutable(), _suspended.ToImmutable(), _ended.ToImmutable(), _registrations.ToImmutable());

        public void Add(NpgsqlDataReader row)
        {
            var id = row.GetString(1);
            var number = row.GetInt32(2);
            var status = row.GetInt32(3);
            switch (row.GetString(0))
            {
                case "programme":
                    if ((status & 1) != 0) _suspended.Add(ProgrammeId.Parse(id));
                    if ((status & 2) != 0) _ended.Add(ProgrammeId.Parse(id));
                    break;
                case "terms":
                    Document(ProgrammeDocuments.TermsPath(ProgrammeId.Parse(id), number), "", row);
                    break;
                case "rule-set":
                    Document(ProgrammeDocuments.RuleSetPath(ProgrammeId.Parse(id), number), "", row);
                    break;
                case "assessment":
                    Document(ProgrammeDocuments.AssessmentPath(ProgrammeId.Parse(id), number), "", row);
                    break;
                case "event-type":
                    Registration(RegistrationKind.EventType, ProgrammeDocuments.EventTypesPath, id, status, row);
                    break;
                case "source":
                    Registration(RegistrationKind.Source, StoredDocument.Sources, id, status, row);
                    break;
                default:
                    Registration(RegistrationKind.Service, StoredDocument.Services, id, status, row);
                    break;
            }
        }

        private void Registration(RegistrationKind kind, string path, string id, int status, NpgsqlDataReader row)
        {
            _registrations[StoppedState.KeyOf(kind, id)] = (RegistrationStatus)status;
            Document(path, id, row);
        }

        private void Document(string path, string id, NpgsqlDataReader row) =>
            _documents.Add(new StoredDocument(path, id, row.GetFieldValue<byte[]>(4)));
    }
}
