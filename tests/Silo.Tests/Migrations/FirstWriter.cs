using System.Diagnostics;
using Npgsql;
using NpgsqlTypes;
using Scoring.Ledger;

namespace Scoring.Migrations;

/// <summary>
/// Appends events as a silo of the first release did: lock a partition, decide by the columns of that schema, number, hash, insert, advance
/// the head, commit. It goes on while the schema is migrated, and sends again what was refused for a lock.
/// </summary>
internal sealed class FirstWriter(NpgsqlDataSource database, int subjects)
{
    private const int BatchEvents = 20;

    private const string Lock = "SELECT position FROM ledger.head WHERE partition = $1 FOR UPDATE";

    private static readonly string Append = $$"""
        WITH resolved AS MATERIALIZED (
            SELECT i.n, h.subject, h.ledger_key FROM unnest($2) WITH ORDINALITY AS i (subject, n)
            CROSS JOIN LATERAL (
                SELECT subject, partition, ledger_key, restricted, programme, started_at FROM ledger.handle
                WHERE hash = {{FirstSchema.HandleOf("i.subject")}} OFFSET 0) h
            WHERE h.partition = $1 AND NOT h.restricted AND h.started_at <= now()
                AND h.programme <> ALL (ARRAY(SELECT id FROM ledger.programme WHERE suspended))
        ), numbered AS MATERIALIZED (
            SELECT r.subject, r.ledger_key, $1 AS partition, 1::smallint AS kind, date '2026-06-01' AS day, gen_random_uuid() AS key,
                '{"data":{"km":3},"source":"s","type":"traffic.trip"}'::bytea AS body,
                (SELECT position FROM ledger.head WHERE partition = $1) + row_number() OVER (ORDER BY r.n) AS position,
                (SELECT turn FROM ledger.entry WHERE subject = r.subject ORDER BY turn DESC LIMIT 1) + 1 AS turn
            FROM resolved r
        ), inserted AS (
            INSERT INTO ledger.entry (partition, position, subject, turn, kind, day, key, body, leaf)
            SELECT partition, position, subject, turn, kind, day, key, body, {{EntrySql.Leaf}} FROM numbered RETURNING 1
        )
        UPDATE ledger.head SET position = position + (SELECT count(*) FROM inserted) WHERE partition = $1
        """;

    /// <summary>Whether an index is being built at this moment, as another session sees it.</summary>
    private const string IsBuilding = "SELECT EXISTS (SELECT FROM pg_index WHERE NOT indisvalid)";

    private readonly Random _random = new(7);

    /// <summary>Events whose commit was acknowledged.</summary>
    public long Appended { get; private set; }

    /// <summary>Commits while an index was being built.</summary>
    public int CommitsDuringBuild { get; private set; }

    /// <summary>Transactions that were refused for a lock or a deadlock, and sent again.</summary>
    public int Refused { get; private set; }

    /// <summary>The longest time between two commits.</summary>
    public TimeSpan LongestPause { get; private set; }

    public async Task Run(CancellationToken stoppingToken)
    {
        await using var connection = await database.OpenConnectionAsync(CancellationToken.None);
        var last = Stopwatch.GetTimestamp();
        while (!stoppingToken.IsCancellationRequested)
        {
            var partition = (short)_random.Next(FirstSchema.Partitions);
            try
            {
                CommitsDuringBuild += await Commit(connection, partition) ? 1 : 0;
                Appended += BatchEvents;
            }
            catch (PostgresException exception) when (
                exception.SqlState is PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.LockNotAvailable)
            {
                Refused++;
                continue;
            }
            var pause = Stopwatch.GetElapsedTime(last);
            if (pause > LongestPause) LongestPause = pause;
            last = Stopwatch.GetTimestamp();
        }
    }

    private async Task<bool> Commit(NpgsqlConnection connection, short partition)
    {
        await using var transaction = await connection.BeginTransactionAsync(CancellationToken.None);
        await using (var locking = new NpgsqlCommand(Lock, connection))
        {
            locking.Parameters.Add(new() { Value = partition });
            await locking.ExecuteNonQueryAsync(CancellationToken.None);
        }
        var first = _random.Next((subjects / FirstSchema.Partitions) - BatchEvents);
        await using (var append = new NpgsqlCommand(Append, connection))
        {
            append.Parameters.Add(new() { Value = partition });
            append.Parameters.Add(new()
            {
                Value = Enumerable.Range(first, BatchEvents).Select(r => ((long)r * FirstSchema.Partitions) + partition + 1).ToArray(),
                NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bigint,
            });
            await append.ExecuteNonQueryAsync(CancellationToken.None);
        }
        await using var building = new NpgsqlCommand(IsBuilding, connection);
        var isBuilding = (bool)(await building.ExecuteScalarAsync(CancellationToken.None))!;
        await transaction.CommitAsync(CancellationToken.None);
        return isBuilding;
    }
}
