using System.Globalization;
using Npgsql;
using NpgsqlTypes;
using Scoring.Storage;

namespace Scoring.Erasures;

/// <summary>
/// Frees what erasures left in the tables that know a subject. PostgreSQL frees without overwriting: the bytes of a vacuumed row stay in
/// its page and in the pages of its indexes until something is written over them. So tables up to a size are also written anew, indexes
/// with them, which locks each for that time; larger ones are left to be overwritten.
/// </summary>
internal static class TableVacuum
{
    // Whoever waits for the table's lock has everybody else waiting behind it: not for long. Our role may write no temporary file, so
    // indexes are built by one process in memory.
    private const string Hurry = "SET lock_timeout = '2s'; SET max_parallel_maintenance_workers = 0; SET maintenance_work_mem = '{0}MB'";

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
        await Run(
            connection, $"VACUUM (INDEX_CLEANUP ON, TRUNCATE OFF) {string.Join(", ", tables.Select(table => table.Name))}",
            cancellationToken);
        await Run(connection, string.Format(CultureInfo.InvariantCulture, Hurry, 64 + (2 * rewriteMiBMax)), cancellationToken);
        foreach (var (name, isSmall) in tables)
            if (isSmall) await Run(connection, $"VACUUM (FULL) {name}", cancellationToken);
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

    private static async Task Run(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
