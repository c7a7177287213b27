using System.Diagnostics;
using Npgsql;
using Scoring.Bench.Ingest;
using Scoring.Bench.Measuring;
using Scoring.Checkpoints;
using Scoring.City;
using Scoring.City.Commands;
using Scoring.City.People;
using Scoring.Storage;
using Scoring.Testing;

namespace Scoring.Bench.Sealing;

/// <summary>Sends events over HTTP, builds tiles of the same entries, fills the ledger, seals it, and requests proofs.</summary>
public sealed class SealRun(SealOptions options, TextWriter progress)
{
    private const long FillRowsMax = 200_000;

    // Rows like filling: a proof reads only the leaf of an entry.
    private const string Fill = """
        WITH head AS (SELECT partition, position FROM ledger.head), made AS (
            INSERT INTO ledger.entry (partition, position, kind, leaf)
            SELECT h.partition, h.position + n, 15, sha256(int8send(h.partition * 1000000007::bigint + h.position + n))
            FROM head h, generate_series(1, {0}) n
        )
        UPDATE ledger.head h SET position = h.position + {0}
        """;

    /// <summary>Runs the bench.</summary>
    public async Task<SealResult> Run(CancellationToken cancellationToken)
    {
        // The platform's own checkpoint service does not run meanwhile, so that only the measured work uses the processors.
        await using var platform = await InProcess.Start(
            ["--Checkpoints:TileSeconds=3600", "--Checkpoints:IntervalSeconds=86400"], cancellationToken);
        var database = platform.Services.GetRequiredService<LedgerDatabase>();
        var tiles = platform.Services.GetRequiredService<MerkleTileBuilder>();
        var time = new ProcessorTime(platform.Folder);

        var (accepted, took, ingestCpu) = await Ingest(platform, time, cancellationToken);
        await using var connection = await CheckpointService.Open(database, cancellationToken);
        var (sealing, seconds, sealCpu) = await BuildTiles(tiles, connection, time, cancellationToken);
        progress.WriteLine($"{sealing:N0} leaves sealed in {seconds:N2} s");

        await FillLedger(connection, cancellationToken);
        var (rest, restSeconds, _) = await BuildTiles(tiles, connection, time, cancellationToken);
        progress.WriteLine($"{rest:N0} more leaves sealed in {restSeconds:N1} s");
        var startedAt = Stopwatch.GetTimestamp();
        var checkpoint = await platform.Services.GetRequiredService<Checkpoints.CheckpointBuilder>()
            .Seal(connection, TimeProvider.System.GetUtcNow(), cancellationToken);
        var checkpointMs = Stopwatch.GetElapsedTime(startedAt).TotalMilliseconds;
        var proofs = await MeasureProofs(platform.Services.GetRequiredService<ICheckpointStore>(), checkpoint, cancellationToken);

        var perEvent = ingestCpu / accepted * 1e6;
        var perLeaf = sealCpu / sealing * 1e6;
        return new SealResult(
            "seal", Environment.ProcessorCount, accepted, Math.Round(accepted / took), Math.Round(perEvent, 2),
            Math.Round(sealing / seconds), Math.Round(perLeaf, 2), Math.Round(perLeaf / perEvent, 4),
            checkpoint.Logs.Sum(log => log.Size), Math.Round(rest / restSeconds), Math.Round(checkpointMs), proofs.Count,
            Math.Round(Percentiles.Of(proofs, 50), 2), Math.Round(Percentiles.Of(proofs, 99), 2), Math.Round(proofs.Max(), 2));
    }

    private async Task<(long Accepted, double Seconds, double Cpu)> Ingest(
        InProcess platform, ProcessorTime time, CancellationToken cancellationToken)
    {
        using var session = new Session(platform.Standalone with { Services = [] }, [], "bench", 8);
        var client = new BenchClient(session, progress);
        var programme = await session.Platform.Programme(ProgrammeNames.SafeDriver, cancellationToken);
        var (people, _) = await client.Enrol(programme, options.Subjects, cancellationToken);
        var batches = PreparedBatches.Create(people, options.Events, TimeProvider.System.GetUtcNow(), programme.Zone);
        GC.Collect();
        var startedAt = Stopwatch.GetTimestamp();
        var before = time.Read().Total;
        var (accepted, _) = await client.Send(batches, 600, 8, cancellationToken);
        var took = Stopwatch.GetElapsedTime(startedAt).TotalSeconds;
        var cpu = time.Read().Total - before;
        progress.WriteLine($"{accepted:N0} accepted in {took:N1} s, {cpu:N1} s of processor time");
        return (accepted, took, cpu);
    }

    private static async Task<(long Leaves, double Seconds, double Cpu)> BuildTiles(
        MerkleTileBuilder tiles, NpgsqlConnection connection, ProcessorTime time, CancellationToken cancellationToken)
    {
        var startedAt = Stopwatch.GetTimestamp();
        var before = time.Read().Total;
        var leaves = await tiles.Run(connection, cancellationToken);
        return (leaves, Stopwatch.GetElapsedTime(startedAt).TotalSeconds, time.Read().Total - before);
    }

    private async Task FillLedger(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = connection.CreateCommand();
        command.CommandTimeout = 600;
        command.CommandText = "SELECT sum(position)::bigint, count(*) FROM ledger.head";
        await using (var reader = await command.ExecuteReaderAsync(cancellationToken))
        {
            await reader.ReadAsync(cancellationToken);
            var missing = options.Entries - reader.GetInt64(0);
            var partitions = reader.GetInt64(1);
            await reader.DisposeAsync();
            for (var each = (missing + partitions - 1) / partitions; each > 0; each -= FillRowsMax / partitions)
            {
                command.CommandText = string.Format(
                    System.Globalization.CultureInfo.InvariantCulture, Fill, Math.Min(each, FillRowsMax / partitions));
                await command.ExecuteNonQueryAsync(cancellationToken);
            }
        }
        progress.WriteLine("ledger filled");
    }

    private async Task<List<double>> MeasureProofs(ICheckpointStore store, Checkpoint checkpoint, CancellationToken cancellationToken)
    {
        var draw = new Random(20261126);
        var took = new List<double>(options.Proofs);
        for (var i = 0; i < options.Proofs; i++)
        {
            var log = checkpoint.Logs[draw.Next(checkpoint.Logs.Length)];
            var startedAt = Stopwatch.GetTimestamp();
            var proof = await store.Inclusion(checkpoint, log.Partition, [draw.NextInt64(1, log.Size + 1)], cancellationToken);
            took.Add(Stopwatch.GetElapsedTime(startedAt).TotalMilliseconds);
            if (proof is not [{ Path.Length: >= 8 }]) // each log is a multiple of 256
                throw new CityException("An entry has no proof.");
        }
        return took;
    }
}
