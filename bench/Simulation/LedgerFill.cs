using System.Globalization;
using Npgsql;

namespace Scoring.Bench.Simulation;

/// <summary>
/// Puts made-up vehicles and their trips straight into the tables, past the ledger's road: nothing that is measured writes. Leaves and
/// ledger keys are of the right size and mean nothing.
/// </summary>
public static class LedgerFill
{
    private const string Enrol = """
        INSERT INTO ledger.enrolment (subject, partition, kind, since, programme, rule_set, ledger_key, consented)
        SELECT g * 7919, $2::int, 2, current_date - 400, 'safe-driver', r.hash, sha256(int8send(g)), 1
        FROM generate_series($2::bigint + 1, $1::bigint, $3::bigint) AS g
        CROSS JOIN (SELECT hash FROM ledger.rule_set WHERE programme = 'safe-driver' AND number = 1) AS r
        """;

    private const string Append = """
        INSERT INTO ledger.entry (subject, position, turn, key, day, partition, kind, leaf, body)
        SELECT (((k - 1) % $3::bigint) * $4::bigint + $1::int + 1) * 7919, h.position + k, 2 + (k - 1) / $3::bigint, gen_random_uuid(),
            current_date - 399 + (399 * k / $2::bigint)::int, $1::int, 1, sha256(int8send(k)),
            convert_to(format('{"data":{"distanceKm":%s,"harshBrakings":%s,"overLimitKm":%s},"source":"urn:made-up","type":"traffic.trip"}',
                1 + k % 89, k % 5, CASE WHEN k % 3 = 0 THEN k % 9 ELSE 0 END), 'UTF8')
        FROM generate_series(1, $2::bigint) AS k CROSS JOIN (SELECT position FROM ledger.head WHERE partition = $1::int) AS h
        """;

    private const string Advance = "UPDATE ledger.head SET position = position + $2::bigint WHERE partition = $1::int";

    /// <summary>Fills all partitions; every one has its share of subjects, and every subject its share of entries.</summary>
    public static async Task Run(
        string connectionString, int partitions, int subjects, int entries, TextWriter progress, CancellationToken cancel)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync(cancel);
        await Do(connection, "SET statement_timeout = 0", [], cancel);
        for (var partition = 0; partition < partitions; partition++)
        {
            long enrolled = await Do(connection, Enrol, [(long)subjects, (long)partition, (long)partitions], cancel);
            long share = enrolled == 0 ? 0 : entries / partitions;
            if (share > 0)
            {
                await Do(connection, Append, [(long)partition, share, enrolled, (long)partitions], cancel);
                await Do(connection, Advance, [(long)partition, share], cancel);
            }
            progress.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{partition + 1} of {partitions} partitions filled"));
        }
        await Do(connection, "ANALYZE ledger.entry, ledger.enrolment", [], cancel);
    }

    private static async Task<int> Do(NpgsqlConnection connection, string sql, long[] values, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        foreach (var value in values) command.Parameters.Add(new NpgsqlParameter { Value = value });
        return await command.ExecuteNonQueryAsync(cancel);
    }
}
