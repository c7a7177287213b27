using Npgsql;
using NpgsqlTypes;
using Scoring.Rules;
using Scoring.Storage;

namespace Scoring.Programmes;

/// <summary>The published documents in the database: what every silo goes by.</summary>
internal sealed class ProgrammeTables(LedgerDatabase database)
{
    // One silo seeds at a time. The lock's number is this program's own and falls with the transaction.
    private const string Lock = "SELECT pg_advisory_xact_lock(5025517)";

    // Plain reads; a rule set and an event type never change, a source or a service is replaced whole.
    private const string ReadAll = """
        SELECT 'programmes', id, 0, suspended, document FROM ledger.programme
        UNION ALL SELECT 'rule-sets', programme, number, false, document FROM ledger.rule_set
        UNION ALL SELECT 'event-types', name, 0, false, document FROM ledger.event_type
        UNION ALL SELECT 'sources', id, 0, false, document FROM ledger.source
        UNION ALL SELECT 'services', id, 0, false, document FROM ledger.service
        ORDER BY 1, 2, 3
        """;

    private const string AddProgramme = "INSERT INTO ledger.programme (id, document) VALUES ($1, $2)";

    private const string AddRuleSet =
        "INSERT INTO ledger.rule_set (programme, number, hash, first_day, document) VALUES ($1, $2, $3, $4, $5)";

    private const string AddEventType = "INSERT INTO ledger.event_type (name, document) VALUES ($1, $2)";

    private const string PutSource =
        "INSERT INTO ledger.source (id, document) VALUES ($1, $2) ON CONFLICT (id) DO UPDATE SET document = excluded.document";

    private const string PutService =
        "INSERT INTO ledger.service (id, document) VALUES ($1, $2) ON CONFLICT (id) DO UPDATE SET document = excluded.document";

    /// <summary>Everything published.</summary>
    public async Task<IReadOnlyList<StoredDocument>> Read(CancellationToken cancel)
    {
        await using var connection = await database.Readers.OpenConnectionAsync(cancel);
        return await Read(connection, cancel);
    }

    /// <summary>Puts in what is missing. Programmes, rule sets and event types that are there already must be the same.</summary>
    /// <exception cref="ProgrammesRefusedException">Something published would change.</exception>
    public async Task Seed(DocumentSet documents, CancellationToken cancel)
    {
        await using var connection = await database.Writers.OpenConnectionAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        await using (var lockCommand = new NpgsqlCommand(Lock, connection, transaction)) await lockCommand.ExecuteNonQueryAsync(cancel);
        var stored = (await Read(connection, cancel)).ToDictionary(document => document.Key);
        var faults = new List<string>();
        await using var batch = new NpgsqlBatch(connection, transaction);
        foreach (var wanted in documents.Stored())
        {
            var isThere = stored.TryGetValue(wanted.Key, out var there);
            if (isThere && there!.Document.AsSpan().SequenceEqual(wanted.Document)) continue;
            if (isThere && !wanted.MayChange) faults.Add($"{wanted} is published with another content; published documents never change.");
            else batch.BatchCommands.Add(Command(wanted));
        }
        if (faults.Count > 0) throw new ProgrammesRefusedException(faults);
        if (batch.BatchCommands.Count > 0) await batch.ExecuteNonQueryAsync(cancel);
        await transaction.CommitAsync(cancel);
    }

    private static NpgsqlBatchCommand Command(StoredDocument wanted)
    {
        var (id, document) = ((object)wanted.Id, ((object)wanted.Document, NpgsqlDbType.Bytea));
        return wanted.Table switch
        {
            StoredDocument.Programmes => Sql.Command(AddProgramme, (id, NpgsqlDbType.Text), document),
            StoredDocument.EventTypes => Sql.Command(AddEventType, (id, NpgsqlDbType.Text), document),
            StoredDocument.Sources => Sql.Command(PutSource, (id, NpgsqlDbType.Text), document),
            StoredDocument.Services => Sql.Command(PutService, (id, NpgsqlDbType.Text), document),
            _ => Sql.Command(
                AddRuleSet, (id, NpgsqlDbType.Text), (wanted.RuleSet!.Number, NpgsqlDbType.Integer),
                (wanted.RuleSet.Hash, NpgsqlDbType.Text), (wanted.RuleSet.FirstDay, NpgsqlDbType.Date), document),
        };
    }

    private static async Task<List<StoredDocument>> Read(NpgsqlConnection connection, CancellationToken cancel)
    {
        var documents = new List<StoredDocument>();
        await using var command = new NpgsqlCommand(ReadAll, connection);
        await using var reader = await command.ExecuteReaderAsync(cancel);
        while (await reader.ReadAsync(cancel))
        {
            documents.Add(new StoredDocument(
                reader.GetString(0), reader.GetString(1), reader.GetInt32(2), reader.GetBoolean(3), reader.GetFieldValue<byte[]>(4)));
        }
        return documents;
    }
}
