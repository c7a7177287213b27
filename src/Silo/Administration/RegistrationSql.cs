using Npgsql;
using NpgsqlTypes;
using Scoring.Storage;

namespace Scoring.Administration;

/// <summary>Puts a registration into its table. Of an event type the database keeps every version that ever was.</summary>
internal static class RegistrationSql
{
    private const string PutEventType = """
        INSERT INTO ledger.event_type (name, document, status) VALUES ($1, $2, $3)
        ON CONFLICT (name) DO UPDATE SET document = excluded.document, status = excluded.status
        """;

    private const string PutSource = """
        INSERT INTO ledger.source (id, document, status) VALUES ($1, $2, $3)
        ON CONFLICT (id) DO UPDATE SET document = excluded.document, status = excluded.status
        """;

    private const string PutService = """
        INSERT INTO ledger.service (id, document, status) VALUES ($1, $2, $3)
        ON CONFLICT (id) DO UPDATE SET document = excluded.document, status = excluded.status
        """;

    public static NpgsqlBatchCommand Put(RegistrationKind kind, string id, byte[] document, RegistrationStatus status) => Sql.Command(
        kind switch
        {
            RegistrationKind.EventType => PutEventType,
            RegistrationKind.Source => PutSource,
            RegistrationKind.Service => PutService,
            _ => throw new ArgumentOutOfRangeException(nameof(kind)),
        },
        (id, NpgsqlDbType.Text), (document, NpgsqlDbType.Bytea), ((short)status, NpgsqlDbType.Smallint));
}
