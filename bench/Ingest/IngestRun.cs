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

/// <summary>Enrols and activates subjects, sends events, waits for the folds, and copies the same rows with COPY.</summary>
public sealed class IngestRun(IngestOptions options, TextWriter progress)
{
    private static readonly TimeSpan FoldMax = TimeSpan.FromSeconds(120);

    /// <summary>Runs the bench. Reports the result before the platform stops.</summary>
    public async Task Run(Action<IngestResult> report, CancellationToken cancellationToken)
    {
        using var folds = new FoldCounter();
        await using var platform = await InProcess.Start(options.Settings, cancellationToken);
        var standalone = platform.Standalone with { Services = [] }; // no grants are needed
        using var session = new Session(standalone, [], "bench", options.Parallel);
        var client = new BenchClient(session, progress);
        var programme = await session.Platform.Programme(ProgrammeNames.SafeDriver, cancellationToken);
        var (people, enrolled) = await client.Enrol(programme, options.Subjects, cancellationToken);
        var activated = await Activate(session, client, people, cancellationToken);
        var before = await folds.WaitUntilStable(TimeSpan.FromSeconds(1), cancellationToken);

        var batches = PreparedBatches.Create(people, options.Events, TimeProvider.System.GetUtcNow(), programme.Zone);
        GC.Collect();
        progress.WriteLine($"{batches.Length:N0} batches prepared, {batches.Sum(b => (long)b.Json.Length):N0} bytes");
        var startedAt = Stopwatch.GetTimestamp();
        var pausesBefore = GC.GetTotalPauseDuration();
        var (accepted, latencies) = await client.Send(batches, options.Seconds, options.Parallel, cancellationToken);
        var answered = Stopwatch.GetElapsedTime(startedAt);
        var complete = await folds.WaitFor(before + accepted, FoldMax, cancellationToken);
        var folded = Stopwatch.GetElapsedTime(startedAt);
        if (!complete)
            throw new CityException($"Only {folds.Count - before:N0} of {accepted:N0} accepted events were folded within {FoldMax}.");
        progress.WriteLine(
            $"{accepted:N0} accepted in {answered.TotalSeconds:N1} s, folded in {folded.TotalSeconds:N1} s; garbage collection paused "
                + $"the process for {(GC.GetTotalPauseDuration() - pausesBefore).TotalSeconds:N2} s");

        var storage = platform.Services.GetRequiredService<IOptions<StorageOptions>>().Value;
        var (rows, bytes, copy) = await BareCopy.Measure(storage.ConnectionString, cancellationToken);
        if (rows != accepted) throw new CityException($"{accepted:N0} events were accepted, but the ledger holds {rows:N0}.");
        var foldedPerSecond = accepted / folded.TotalSeconds;
        var copyPerSecond = rows / copy.TotalSeconds;
        report(new IngestResult(
            "ingest", Environment.ProcessorCount, people.Count, accepted, CloudEvents.BatchMax, options.Parallel,
            Math.Round(enrolled.TotalSeconds, 1), Math.Round(activated.TotalSeconds, 1), Math.Round(accepted / answered.TotalSeconds),
            Math.Round(foldedPerSecond), Math.Round(copyPerSecond), Math.Round(foldedPerSecond / copyPerSecond, 3),
            Math.Round(Percentiles.Of(latencies, 50)), Math.Round(Percentiles.Of(latencies, 99)), bytes));
    }

    private static async Task<TimeSpan> Activate(
        Session session, BenchClient client, IReadOnlyList<Resident> people, CancellationToken cancellationToken)
    {
        var startedAt = Stopwatch.GetTimestamp();
        var count = 0;
        var report = client.ReportTenths("active", people.Count);
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = BenchClient.EnrolParallel, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(people, parallel, async (resident, stop) =>
        {
            var token = session.Credentials.ParticipantToken(resident.Participant);
            _ = await session.Platform.Score(token, resident.Programme, resident.Ordinal!.Value, stop)
                ?? throw new CityException("An enrolled subject has no score.");
            report(Interlocked.Increment(ref count));
        });
        return Stopwatch.GetElapsedTime(startedAt);
    }
}
