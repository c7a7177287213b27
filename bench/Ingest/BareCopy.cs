using System.Diagnostics;
using Npgsql;

namespace Scoring.Bench.Ingest;

/// <summary>
/// Measures the upper limit of this PostgreSQL: one binary COPY of the rows of the run, byte for byte, into an empty table with the
/// ledger's columns, constraints and indexes.
/// </summary>
public static class BareCopy
{
    private const int ChunkBytes = 256 * 1024;

    /// <summary>Copies the event rows. Returns their number, their bytes, and the time with the commit.</summary>
    public static async Task<(long Rows, long Bytes, TimeSpan Took)> Measure(NpgsqlDataSource database, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        using var rows = new MemoryStream();
        await using (var source = await connection.BeginRawBinaryCopyAsync(
            "COPY (SELECT * FROM ledger.entry WHERE kind = 1) TO STDOUT (FORMAT BINARY)", cancellationToken))
            await source.CopyToAsync(rows, ChunkBytes, cancellationToken);
        await Run(connection, "CREATE TABLE ledger.bare_copy (LIKE ledger.entry INCLUDING ALL)", cancellationToken);
        var bytes = rows.GetBuffer().AsMemory(0, (int)rows.Length);
        var since = Stopwatch.GetTimestamp();
        await using (var target = await connection.BeginRawBinaryCopyAsync(
            "COPY ledger.bare_copy FROM STDIN (FORMAT BINARY)", cancellationToken))
            for (var at = 0; at < bytes.Length; at += ChunkBytes)
                await target.WriteAsync(bytes[at..Math.Min(at + ChunkBytes, bytes.Length)], cancellationToken);
        var took = Stopwatch.GetElapsedTime(since);
        await using var count = new NpgsqlCommand("SELECT count(*) FROM ledger.bare_copy", connection);
        var copied = (long)(await count.ExecuteScalarAsync(cancellationToken))!;
        await Run(connection, "DROP TABLE ledger.bare_copy", cancellationToken);
        return (copied, bytes.Length, took);
    }

    private static async Task Run(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
