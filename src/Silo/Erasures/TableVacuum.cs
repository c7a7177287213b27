using System.Globalization;
using Npgsql;
using NpgsqlTypes;
using Scoring.Storage;

namespace Scoring.Erasures;

/// <summary>
/// Removes what erasures left in the tables with a column <c>subject</c>. PostgreSQL frees space without overwriting it: the bytes of a
/// vacuumed row stay in its page, and in the pages of its indexes, until other rows overwrite them. So tables up to a size are rewritten
/// with their indexes, which locks each of them meanwhile. Larger tables are left to be overwritten.
/// </summary>
internal static class TableVacuum
{
    /// <summary>
    /// Settings of the connection. No lock. A rewrite that waits for the lock of its table makes all other statements on it wait too, so it
    /// waits 2 seconds at most. The platform's role may write no temporary file, so one process builds the indexes in memory ({0} MB).
    /// </summary>
    private const string RewriteSettings =
        "SET lock_timeout = '2s'; SET max_parallel_maintenance_workers = 0; SET maintenance_work_mem = '{0}MB'";

    /// <summary>
    /// Removes dead rows of the tables {0}. Takes PostgreSQL's SHARE UPDATE EXCLUSIVE lock on each, which readers and writers pass.
    /// </summary>
    private const string Vacuum = "VACUUM (INDEX_CLEANUP ON, TRUNCATE OFF) {0}";

    /// <summary>Rewrites the table {0}. Takes its ACCESS EXCLUSIVE lock, which everything else waits for.</summary>
    private const string Rewrite = "VACUUM (FULL) {0}";

    /// <summary>The tables with a column <c>subject</c>, and whether each is small enough to be rewritten. No lock. $1 MiB.</summary>
    private const string Tables = """
        SELECT format('%I.%I', n.nspname, c.relname), pg_total_relation_size(c.oid) <= $1 * 1048576::bigint
        FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE n.nspname = 'ledger' AND c.relkind = 'r'
            AND EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attname = 'subject' AND NOT a.attisdropped)
        ORDER BY c.relname
        """;

    public static async Task Clean(NpgsqlConnection connection, int rewriteMiBMax, CancellationToken cancellationToken)
    {
        var tables = await Personal(connection, rewriteMiBMax, cancellationToken);
        await Run(connection, Vacuum, string.Join(", ", tables.Select(table => table.Name)), cancellationToken);
        await Run(connection, RewriteSettings, 64 + (2 * rewriteMiBMax), cancellationToken);
        foreach (var (name, isSmall) in tables)
            if (isSmall) await Run(connection, Rewrite, name, cancellationToken);
    }

    private static async Task<List<(string Name, bool IsSmall)>> Personal(
        NpgsqlConnection connection, int rewriteMiBMax, CancellationToken cancellationToken)
    {
        var tables = new List<(string, bool)>();
        await using var command = Sql.Command(connection, Tables, (rewriteMiBMax, NpgsqlDbType.Integer));
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken)) tables.Add((reader.GetString(0), reader.GetBoolean(1)));
        return tables;
    }

    private static async Task Run(NpgsqlConnection connection, string format, object argument, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(string.Format(CultureInfo.InvariantCulture, format, argument), connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
