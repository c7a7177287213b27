using System.Diagnostics;
using System.Net;
using Scoring.Bench.Ingest;
using Scoring.City;
using Scoring.City.Commands;
using Scoring.City.Platform;
using Scoring.Testing;

namespace Scoring.Bench.Neutral;

/// <summary>
/// Prepares subjects and grants of every kind, sends requests about all of them in random order, and compares the times of each kind with
/// those of the unknown kind.
/// </summary>
public sealed class NeutralRun(NeutralOptions options, TextWriter progress)
{
    private const int LoadEventsMax = 5_000_000;
    private static readonly TimeSpan LoadInterval = TimeSpan.FromMilliseconds(250); // 2,000 events per second
    private static readonly string[] WithoutRateLimits =
        ["--Gateway:Limits:RequestsPerSecond=1000000", "--Gateway:Limits:RequestsBurst=1000000"];

    private readonly List<NeutralRow> _rows = [];

    /// <summary>Runs the bench.</summary>
    public async Task<NeutralResult> Run(CancellationToken cancellationToken)
    {
        await using var platform = await InProcess.Start(WithoutRateLimits, cancellationToken);
        using var session = new Session(platform.Standalone, [], "bench", options.Parallel);
        await using var setup = new NeutralSetup(platform, session, options, progress);
        var kinds = await setup.Prepare(cancellationToken);
        using var http = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = options.Parallel })
        {
            BaseAddress = platform.Standalone.Address,
        };
        await MeasureAll(session, setup, kinds, http, cancellationToken);
        return Judge(_rows);
    }

    private async Task MeasureAll(
        Session session, NeutralSetup setup, NeutralKinds kinds, HttpClient http, CancellationToken cancellationToken)
    {
        var together = new AnswerTimer(http, options.Parallel);
        var alone = new AnswerTimer(http, parallel: 1); // batches that run concurrently would be load
        // Compiles the code of both paths; these few requests are sent twice.
        await together.Measure(kinds.Cold(0), Math.Min(10, options.Pairs), cancellationToken);
        await alone.Measure(kinds.Batches, Math.Min(10, options.Batches), cancellationToken);
        await together.Measure(kinds.Activating, int.MaxValue, cancellationToken);
        await Measure("idle", alone, kinds.Batches, options.Batches, cancellationToken);
        await Measure("cold idle", together, kinds.Cold(0), options.Pairs, cancellationToken);
        await Measure("warm idle", together, kinds.Warm, options.Pairs, cancellationToken);
        using var loadEnd = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var load = Load(session, setup, loadEnd.Token);
        await together.Measure(kinds.Activating, int.MaxValue, cancellationToken);
        await Measure("load", alone, kinds.Batches, options.Batches, cancellationToken);
        await Measure("cold load", together, kinds.Cold(1), options.Pairs, cancellationToken);
        await Measure("warm load", together, kinds.Warm, options.Pairs, cancellationToken);
        await loadEnd.CancelAsync();
        await progress.WriteLineAsync($"{await load:N0} events sent as load");
    }

    private async Task Measure(
        string condition, AnswerTimer timer, IReadOnlyList<RequestKind> kinds, int count, CancellationToken cancellationToken)
    {
        if (count == 0) return;
        var startedAt = Stopwatch.GetTimestamp();
        var answers = await timer.Measure(kinds, count, cancellationToken);
        foreach (var family in kinds.GroupBy(kind => kind.Family)) Compare([.. family], condition, answers);
        var seconds = Stopwatch.GetElapsedTime(startedAt).TotalSeconds;
        await progress.WriteLineAsync($"{condition}: {answers.Values.Sum(kind => kind.Length):N0} answers in {seconds:N0} s");
    }

    private void Compare(
        RequestKind[] family, string condition, IReadOnlyDictionary<(string Family, string Name), TimedAnswer[]> answers)
    {
        var alike = family.Where(kind => kind is { IsShownOnly: false, Delay.Ticks: 0 });
        var ticks = new KnownTicks(alike.SelectMany(Of), family[0].TickMs);
        var unknown = Of(family.Single(kind => kind.Name == RequestKind.Unknown));
        var unknownTook = Took(unknown);
        var unknownLater = ticks.Later(unknown);
        foreach (var kind in family.Where(kind => kind.Name != RequestKind.Unknown))
        {
            _rows.Add(Compare(kind, condition, Took(Of(kind)), unknownTook));
            _rows.Add(Compare(kind, condition + ", known ticks", ticks.Later(Of(kind)), unknownLater));
        }

        TimedAnswer[] Of(RequestKind kind) => answers[(kind.Family, kind.Name)];

        static double[] Took(TimedAnswer[] of) => [.. of.Select(answer => answer.TookMs)];
    }

    private static NeutralRow Compare(RequestKind kind, string condition, double[] own, double[] unknown)
    {
        var laterMs = own.Average() - unknown.Average();
        var (auc, low, high) = AreaUnderCurve.Of(own, unknown);
        var (d, p) = KolmogorovSmirnov.Test(own, unknown); // sorts both
        return new NeutralRow(
            $"{kind.Family}:{kind.Name}", condition, own.Length, d, p, kind.IsShownOnly ? null : 0, auc, low, high, laterMs,
            own[own.Length / 2], unknown[unknown.Length / 2], own[own.Length * 99 / 100], unknown[unknown.Length * 99 / 100]);
    }

    private NeutralResult Judge(List<NeutralRow> rows)
    {
        var compared = rows.Where(row => row.Holm is not null).ToArray();
        var corrected = compared.Zip(KolmogorovSmirnov.Holm([.. compared.Select(row => row.P)]))
            .ToDictionary(pair => pair.First, pair => pair.Second);
        NeutralRow[] judged = [.. rows.Select(row => row.Holm is null ? row : row with { Holm = corrected[row] })];
        var found = judged.Where(row => row.Holm < options.Alpha).ToArray();
        return new NeutralResult(
            "neutral", Environment.ProcessorCount, options.Alpha,
            [.. found.Where(row => !IsOwn(row)).Select(row => $"{row.Kind}, {row.Condition}")],
            [.. judged.Where(row => IsOwn(row) && row.Holm >= options.Alpha).Select(row => $"{row.Kind}, {row.Condition}")], judged);

        static bool IsOwn(NeutralRow row) => row.Kind.EndsWith("put in", StringComparison.Ordinal);
    }

    /// <summary>Sends events about unrestricted subjects at a constant rate until it is cancelled. Returns their number.</summary>
    private static async Task<long> Load(Session session, NeutralSetup setup, CancellationToken cancellationToken)
    {
        var programme = await session.Platform.Programme(City.People.ProgrammeNames.SafeDriver, CancellationToken.None);
        var token = session.Standalone.Sources.First(s => s.Family == EventFamily.Traffic).Token;
        using var timer = new PeriodicTimer(LoadInterval);
        var sent = 0L;
        for (var round = 0; sent < LoadEventsMax && !cancellationToken.IsCancellationRequested; round++)
        {
            foreach (var (json, events) in PreparedBatches.Create(
                setup.Unrestricted, 500, TimeProvider.System.GetUtcNow(), programme.Zone, round))
            {
                var (status, answer) = await session.Platform.SendEvents(token, json, CancellationToken.None);
                if (status != HttpStatusCode.Accepted) throw new CityException($"A batch was answered with status {(int)status}: {answer}");
                sent += events;
            }
            await timer.WaitForNextTickAsync(CancellationToken.None);
        }
        return sent;
    }
}
