using System.Diagnostics;
using Scoring.Bench.Loads;
using Scoring.Bench.Platforms;
using Scoring.City;

namespace Scoring.Bench.Ingest;

/// <summary>Enrols and activates subjects, sends events, waits for the folds, and copies the same rows with COPY.</summary>
public sealed class IngestRun(IngestOptions options, TextWriter progress)
{
    private static readonly TimeSpan FoldMax = TimeSpan.FromSeconds(120);

    /// <summary>Runs the bench. Reports the result before the platform stops.</summary>
    public async Task Run(Action<IngestResult> report, CancellationToken cancellationToken)
    {
        await using var bench = await BenchPlatform.Start(options.Settings, progress, cancellationToken);
        var (people, enrolled) = await bench.Client.Enrol(bench.Programme, options.Subjects, cancellationToken);
        var activated = await bench.Client.Activate(people, cancellationToken);
        var before = await bench.Folds.WaitUntilStable(TimeSpan.FromSeconds(1), cancellationToken);

        var batches = PreparedBatches.Create(
            draw => people[options.IsSkewed && draw.Next(10) == 0 ? 0 : draw.Next(people.Count)], options.Events,
            TimeProvider.System.GetUtcNow(), bench.Programme.Zone, batchMax: options.Batch);
        progress.WriteLine($"{batches.Length:N0} requests prepared, {batches.Sum(b => (long)b.Json.Length):N0} bytes");
        var pausesBefore = GC.GetTotalPauseDuration();
        var accepted = 0L;
        var load = await bench.Send(
            PreparedBatches.Plan(bench, batches, options.Parallel) with { SecondsMax = options.Seconds }, cancellationToken,
            async answers =>
            {
                accepted = answers.Zip(batches).Where(pair => pair.First.Status == 202).Sum(pair => (long)pair.Second.Events);
                if (!await bench.Folds.WaitFor(before + accepted, FoldMax, cancellationToken))
                    throw new CityException(
                        $"Only {bench.Folds.Count - before:N0} of {accepted:N0} accepted events were folded within {FoldMax}.");
            });
        var folded = Stopwatch.GetElapsedTime(load.StartedAt, bench.Folds.LastAt);
        var paused = GC.GetTotalPauseDuration() - pausesBefore;
        progress.WriteLine($"{accepted:N0} accepted in {load.Took.TotalSeconds:N1} s, folded in {folded.TotalSeconds:N1} s");

        var (rows, bytes, copy) = await BareCopy.Measure(bench.Database, cancellationToken);
        var errors = load.Errors(202);
        if (rows < accepted || rows > accepted + ((long)errors * options.Batch))
            throw new CityException($"{accepted:N0} events were accepted, but the ledger holds {rows:N0}.");
        var foldedPerSecond = accepted / folded.TotalSeconds;
        var copyPerSecond = rows / copy.TotalSeconds;
        report(new IngestResult(
            "ingest", Environment.ProcessorCount, people.Count, accepted, options.Batch, options.IsSkewed, options.Parallel, errors,
            Math.Round(enrolled.TotalSeconds, 1), Math.Round(activated.TotalSeconds, 1),
            Math.Round(accepted / load.Took.TotalSeconds), Math.Round(foldedPerSecond), Math.Round(copyPerSecond),
            Math.Round(foldedPerSecond / copyPerSecond, 3), load.MsP50, load.MsP99, load.Use.Per(accepted),
            Math.Round(paused.TotalSeconds, 2), bytes));
    }
}
