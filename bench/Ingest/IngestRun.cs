using System.Diagnostics;
using System.Globalization;
using System.Net;
using Microsoft.Extensions.Options;
using Scoring.City;
using Scoring.City.Commands;
using Scoring.City.People;
using Scoring.City.Platform;
using Scoring.City.Replays;
using Scoring.Storage;
using Scoring.Testing;

namespace Scoring.Bench.Ingest;

/// <summary>Enrols, wakes, sends, waits for the folds, and copies the same rows bare.</summary>
public sealed class IngestRun(IngestOptions options, TextWriter progress)
{
    private static readonly TimeSpan FoldMax = TimeSpan.FromSeconds(120);

    /// <summary>Runs it all, and hands the result over before the platform is stopped.</summary>
    public async Task Run(Action<IngestResult> report, CancellationToken cancellationToken)
    {
        using var folds = new FoldCounter();
        await using var platform = await InProcess.Start(options.Settings, cancellationToken);
        var standalone = platform.Standalone with { Services = [] }; // nobody gives a grant here
        using var session = new Session(standalone, [], "bench", options.Parallel);
        var crowd = new BenchClient(session, progress);
        var programme = await session.Participation.Programme(ProgrammeNames.SafeDriver, cancellationToken);
        var (people, enrolled) = await crowd.Enrol(programme, options.Subjects, cancellationToken);
        var woken = await Activate(session, crowd, people, cancellationToken);
        var before = await folds.WaitUntilStable(TimeSpan.FromSeconds(1), cancellationToken);

        var batches = PreparedBatches.Create(people, options.Events, TimeProvider.System.GetUtcNow(), programme.Zone);
        GC.Collect();
        progress.WriteLine($"{batches.Length:N0} batches prepared, {batches.Sum(b => (long)b.Json.Length):N0} bytes");
        var (since, pauses) = (Stopwatch.GetTimestamp(), GC.GetTotalPauseDuration());
        var (accepted, latencies) = await crowd.Send(batches, options.Seconds, options.Parallel, cancellationToken);
        var answered = Stopwatch.GetElapsedTime(since);
        var complete = await folds.WaitFor(before + accepted, FoldMax, cancellationToken);
        var folded = Stopwatch.GetElapsedTime(since);
        if (!complete)
            throw new CityException($"Only {folds.Count - before:N0} of {accepted:N0} accepted events were folded within {FoldMax}.");
        progress.WriteLine(
            $"{accepted:N0} accepted in {answered.TotalSeconds:N1} s, folded in {folded.TotalSeconds:N1} s; collecting garbage stood in "
                + $"the way for {(GC.GetTotalPauseDuration() - pauses).TotalSeconds:N2} s");

        var storage = platform.Services.GetRequiredService<IOptions<StorageOptions>>().Value;
        var (rows, bytes, copy) = await BareCopy.Measure(storage.ConnectionString, cancellationToken);
        if (rows != accepted) throw new CityException($"{accepted:N0} events were accepted, but the ledger holds {rows:N0}.");
        var (foldedPerSecond, copyPerSecond) = (accepted / folded.TotalSeconds, rows / copy.TotalSeconds);
        report(new IngestResult(
            "ingest", Environment.ProcessorCount, people.Count, accepted, CloudEvents.BatchMax, options.Parallel,
            Math.Round(enrolled.TotalSeconds, 1), Math.Round(woken.TotalSeconds, 1), Math.Round(accepted / answered.TotalSeconds),
            Math.Round(foldedPerSecond), Math.Round(copyPerSecond), Math.Round(foldedPerSecond / copyPerSecond, 3),
            Math.Round(Percentiles.Of(latencies, 50)), Math.Round(Percentiles.Of(latencies, 99)), bytes));
    }

    private static async Task<TimeSpan> Activate(
        Session session, BenchClient crowd, IReadOnlyList<Resident> people, CancellationToken cancellationToken)
    {
        var (since, count, tell) = (Stopwatch.GetTimestamp(), 0, crowd.ReportTenths("awake", people.Count));
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = BenchClient.EnrolParallel, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(people, parallel, async (who, stop) =>
        {
            var token = session.Credentials.ParticipantToken(who.Participant);
            _ = await session.Participation.Score(token, who.Programme, who.Ordinal!.Value, stop)
                ?? throw new CityException("An enrolled subject has no score.");
            tell(Interlocked.Increment(ref count));
        });
        return Stopwatch.GetElapsedTime(since);
    }
}
