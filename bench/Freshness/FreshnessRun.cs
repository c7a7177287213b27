using System.Diagnostics;
using Scoring.Bench.Ingest;
using Scoring.Bench.Platforms;
using Scoring.City;
using Scoring.City.Commands;
using Scoring.City.People;
using Scoring.City.Platform;

namespace Scoring.Bench.Freshness;

/// <summary>Opens live streams, loads the platform at a constant rate, and measures when the streams show single events.</summary>
public sealed class FreshnessRun(FreshnessOptions options, TextWriter progress)
{
    private const int LoadParallel = 32;

    private static readonly TimeSpan OpenMax = TimeSpan.FromSeconds(60);

    /// <summary>Runs the bench. Reports the result before the platform stops.</summary>
    public async Task Run(Action<FreshnessResult> report, CancellationToken cancellationToken)
    {
        await using var bench = await BenchPlatform.Start(options.Settings, progress, cancellationToken);
        var (people, _) = await bench.Client.Enrol(bench.Programme, options.Streams + options.Subjects, cancellationToken);
        await bench.Client.Activate(people, cancellationToken);
        // A stream holds its connection.
        using var api = PlatformConnection.Open([bench.Address], new SocketsHttpHandler { MaxConnectionsPerServer = options.Streams + 1 });
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        NoticeProbe[] probes = [.. people.Take(options.Streams).Select((person, i) => new NoticeProbe(bench, api, person, i))];
        var listening = Task.WhenAll(probes.Select(probe => probe.Listen(end.Token)));
        try
        {
            await Task.WhenAll(probes.Select(probe => probe.IsOpen)).WaitAsync(OpenMax, cancellationToken);
        }
        catch (TimeoutException)
        {
            throw new CityException($"Not every stream was open within {OpenMax}.");
        }
        progress.WriteLine($"{probes.Length:N0} streams are open");

        var load = Load(bench, [.. people.Skip(options.Streams)], cancellationToken);
        await Task.WhenAll(probes.Select(probe => probe.Send(load, cancellationToken)));
        var (reached, errors) = await load;
        await end.CancelAsync();
        await listening;
        var events = probes.SelectMany(probe => probe.Events).ToArray();
        report(new FreshnessResult(
            "freshness", Environment.ProcessorCount, people.Count, probes.Length, options.Rate, reached, errors, events.Length,
            Time([.. events.Select(e => Milliseconds(e.SentAt, e.AcceptedAt))]),
            Time([.. events.Select(e => Milliseconds(e.SentAt, e.ShownAt))]),
            Time([.. events.Select(e => Milliseconds(e.AcceptedAt, e.ShownAt))])));
    }

    private async Task<(double ReachedPerSecond, int Errors)> Load(
        BenchPlatform bench, IReadOnlyList<Resident> people, CancellationToken cancellationToken)
    {
        var batches = PreparedBatches.Create(
            draw => people[draw.Next(people.Count)], options.Rate * options.Seconds, TimeProvider.System.GetUtcNow(),
            bench.Programme.Zone, batchMax: options.Batch);
        var plan = PreparedBatches.Plan(bench, batches, LoadParallel) with
        {
            PerSecond = (double)options.Rate / options.Batch, SecondsMax = options.Seconds,
        };
        var load = await bench.Send(plan, cancellationToken);
        var accepted = load.Answers.Zip(batches).Where(pair => pair.First.Status == 202).Sum(pair => (long)pair.Second.Events);
        return (Math.Round(accepted / load.Took.TotalSeconds), load.Errors(202));
    }

    private static double Milliseconds(long from, long to) => Math.Max(0, Stopwatch.GetElapsedTime(from, to).TotalMilliseconds);

    private static FreshnessTime Time(double[] milliseconds) => new(
        Math.Round(Percentiles.Of(milliseconds, 50), 1), Math.Round(Percentiles.Of(milliseconds, 99), 1),
        Math.Round(Percentiles.Of(milliseconds, 100), 1));
}
