using Npgsql;
using NpgsqlTypes;
using Scoring.Storage;

namespace Scoring.Administration;

/// <summary>
/// Stores registrations. The statements run under partition 0's lock and lock the row. The database keeps every version of an event type.
/// </summary>
internal static class RegistrationSql
{
    /// <summary>Stores an event type under partition 0's lock. $1 name, $2 document, $3 status.</summary>
    private const string PutEventType = """
        INSERT INTO ledger.event_type (name, document, status) VALUES ($1, $2, $3)
        ON CONFLICT (name) DO UPDATE SET document = excluded.document, status = excluded.status
        """;

    /// <summary>Stores a source under partition 0's lock. $1 id, $2 document, $3 status.</summary>
    private const string PutSource = """
        INSERT INTO ledger.source (id, document, status) VALUES ($1, $2, $3)
        ON CONFLICT (id) DO UPDATE SET document = excluded.document, status = excluded.status
        """;

    /// <summary>Stores a service under partition 0's lock. $1 id, $2 document, $3 status.</summary>
    private const string PutService = """
        INSERT INTO ledger.service (id, document, status) VALUES ($1, $2, $3)
        ON CONFLICT (id) DO UPDATE SET document = excluded.document, status = excluded.status
        """;

    /// <summary>The command that stores a registration of a kind.</summary>
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
