using System.Diagnostics;
using Scoring.Bench.Ingest;
using Scoring.Bench.Loads;
using Scoring.Bench.Platforms;
using Scoring.Checkpoints;
using Scoring.City;

namespace Scoring.Bench.Growth;

/// <summary>Fills a new ledger for each size, starts the platform again on it, and sends events about random subjects.</summary>
public sealed class GrowthRun(GrowthOptions options, TextWriter progress)
{
    /// <summary>How many hashes of tiles are missing. They are built once, at the start.</summary>
    private const string MissingTiles =
        $"SELECT coalesce(sum(position / 256 - tiles), 0)::bigint FROM ({TileSql.Progress}) AS p (partition, position, tiles)";

    /// <summary>Tiles of what is filled are built once, and not again while events are sent.</summary>
    private static readonly string[] WithoutTiles = ["--Checkpoints:TileSeconds=3600", "--Checkpoints:IntervalSeconds=86400"];

    /// <summary>Runs the bench.</summary>
    public async Task<GrowthResult> Run(CancellationToken cancellationToken)
    {
        var sizes = new List<GrowthSize>();
        foreach (var (subjects, entries) in options.Sizes) sizes.Add(await Run(subjects, entries, cancellationToken));
        return new GrowthResult(
            "growth", Environment.ProcessorCount, options.Events, options.Parallel,
            Math.Round(sizes[^1].AcceptedPerSecond / sizes[0].AcceptedPerSecond, 3), sizes);
    }

    private async Task<GrowthSize> Run(int subjects, int entries, CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("scoring-growth-").FullName;
        try
        {
            var filled = await Fill(folder, subjects, entries, cancellationToken);
            progress.WriteLine($"{subjects:N0} subjects and {entries:N0} events filled in {filled.TotalSeconds:N0} s");
            await using var bench = await BenchPlatform.Start([.. WithoutTiles, .. options.Settings], progress, cancellationToken, folder);
            return await Measure(bench, subjects, entries, filled, cancellationToken);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Returns when the platform has stopped: its stream would read every filled entry.</summary>
    private async Task<TimeSpan> Fill(string folder, int subjects, int entries, CancellationToken cancellationToken)
    {
        await using var bench = await BenchPlatform.Start(WithoutTiles, progress, cancellationToken, folder);
        await bench.Client.Enrol(bench.Programme, 1, cancellationToken);
        var startedAt = Stopwatch.GetTimestamp();
        var before = bench.Time.Read();
        await new LedgerFill(bench).Run(subjects - 1, entries, cancellationToken);
        var use = bench.Time.Read() - before;
        progress.WriteLine($"filling used {use.Platform:N0} s of the processor for making rows, {use.Database:N0} s for writing them");
        return Stopwatch.GetElapsedTime(startedAt);
    }

    private async Task<GrowthSize> Measure(
        BenchPlatform bench, int subjects, int entries, TimeSpan filled, CancellationToken cancellationToken)
    {
        var enrolled = await bench.Count("SELECT count(*) FROM ledger.enrolment", cancellationToken);
        var rows = await bench.Count("SELECT sum(position)::bigint FROM ledger.head", cancellationToken);
        if (enrolled != subjects) throw new CityException($"{enrolled:N0} subjects are enrolled, not {subjects:N0}.");
        // Building them reads every entry, which a platform that has run all the time does not do.
        while (await bench.Count(MissingTiles, cancellationToken) > 0) await Task.Delay(TimeSpan.FromSeconds(1), cancellationToken);
        progress.WriteLine("tiles built");
        var active = Math.Min(options.Active, subjects);
        await bench.Client.Activate(
            [.. bench.Client.Draw(bench.Programme, 0, active).Select(resident => resident with { Ordinal = 0 })], cancellationToken);
        await Send(bench, subjects, round: 1, cancellationToken); // fills the buffers of a database that has just started
        var load = await Send(bench, subjects, round: 2, cancellationToken);
        var stored = await bench.Count("SELECT sum(position)::bigint FROM ledger.head", cancellationToken) - rows;
        if (stored < 2L * options.Events)
            throw new CityException($"{2L * options.Events:N0} events were accepted, but {stored:N0} rows are new.");
        return new GrowthSize(
            FormattableString.Invariant($"{subjects}/{entries}"), enrolled, rows, active, Math.Round(filled.TotalSeconds, 1),
            Math.Round(options.Events / load.Took.TotalSeconds), load.MsP50, load.MsP99, load.Use.Per(options.Events));
    }

    private async Task<LoadResult> Send(BenchPlatform bench, int subjects, int round, CancellationToken cancellationToken)
    {
        var batches = PreparedBatches.Create(
            draw => bench.Client.Draw(bench.Programme, draw.Next(subjects), 1).Single(), options.Events,
            TimeProvider.System.GetUtcNow(), bench.Programme.Zone, round);
        var load = await bench.Send(PreparedBatches.Plan(bench, batches, options.Parallel), cancellationToken);
        LoadAnswer.Require(load.Answers, 202, "A batch");
        progress.WriteLine($"{options.Events:N0} events about {subjects:N0} subjects in {load.Took.TotalSeconds:N1} s");
        return load;
    }
}
