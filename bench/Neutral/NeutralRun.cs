using System.Diagnostics;
using System.Net;
using Scoring.Bench.Ingest;
using Scoring.City;
using Scoring.City.Commands;
using Scoring.City.Platform;
using Scoring.Testing;

namespace Scoring.Bench.Neutral;

/// <summary>Prepares people of every kind, asks about all of them in random order, and compares each kind's times with nobody's.</summary>
public sealed class NeutralRun(NeutralOptions options, TextWriter progress)
{
    private const int LoadEventsMax = 5_000_000;
    private static readonly TimeSpan LoadPause = TimeSpan.FromMilliseconds(250); // 2,000 events a second
    private static readonly string[] Unhindered =
        ["--Gateway:Limits:RequestsPerSecond=1000000", "--Gateway:Limits:RequestsBurst=1000000"];

    /// <summary>Runs it all.</summary>
    public async Task<NeutralResult> Run(CancellationToken cancellationToken)
    {
        await using var platform = await InProcess.Start(Unhindered, cancellationToken);
        using var session = new Session(platform.Standalone, [], "bench", options.Parallel);
        await using var stage = new NeutralSetup(platform, session, options, progress);
        var (cold, warm) = await stage.Prepare(cancellationToken);
        using var http = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = options.Parallel })
        {
            BaseAddress = platform.Standalone.Address,
        };
        var asking = new AnswerTimer(http, options.Parallel);
        await asking.Measure(cold(0), 10, cancellationToken); // compiles both roads; these few are asked twice
        var rows = new List<NeutralRow>();
        await Measure("cold idle", cold(0));
        await Measure("warm idle", warm);
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var load = Load(session, stage, enough.Token);
        await Measure("cold load", cold(1));
        await Measure("warm load", warm);
        await enough.CancelAsync();
        await progress.WriteLineAsync($"{await load:N0} events sent meanwhile");
        return Judge(rows);

        async Task Measure(string condition, IReadOnlyList<RequestKind> kinds)
        {
            var since = Stopwatch.GetTimestamp();
            var took = await asking.Measure(kinds, options.Pairs, cancellationToken);
            rows.AddRange(kinds.Where(kind => kind.Name != RequestKind.Unknown).Select(kind =>
                Compare(kind, condition, took[(kind.Family, kind.Name)], took[(kind.Family, RequestKind.Unknown)])));
            var seconds = Stopwatch.GetElapsedTime(since).TotalSeconds;
            await progress.WriteLineAsync($"{condition}: {took.Values.Sum(t => t.Length):N0} answers in {seconds:N0} s");
        }
    }

    private static NeutralRow Compare(RequestKind kind, string condition, double[] its, double[] nobodys)
    {
        var later = its.Average() - nobodys.Average();
        var (d, p) = KolmogorovSmirnov.Test(its, nobodys);
        return new NeutralRow(
            $"{kind.Family}:{kind.Name}", condition, its.Length, d, p, kind.IsShownOnly ? null : 0, later, its[its.Length / 2]);
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

    /// <summary>Events of everyday people, at a steady pace, until it is enough.</summary>
    private static async Task<long> Load(Session session, NeutralSetup stage, CancellationToken enough)
    {
        var programme = await session.Participation.Programme(City.People.ProgrammeNames.SafeDriver, CancellationToken.None);
        var token = session.Standalone.Sources.First(s => s.Family == EventFamily.Traffic).Token;
        using var pace = new PeriodicTimer(LoadPause);
        var sent = 0L;
        for (var round = 0; sent < LoadEventsMax && !enough.IsCancellationRequested; round++)
        {
            foreach (var (json, events) in PreparedBatches.Create(stage.Unrestricted, 500, TimeProvider.System.GetUtcNow(), programme.Zone, round))
            {
                var (status, answer) = await session.Participation.Post(token, json, CancellationToken.None);
                if (status != HttpStatusCode.Accepted) throw new ApiException(status, "A batch", answer);
                sent += events;
            }
            await pace.WaitForNextTickAsync(CancellationToken.None);
        }
        return sent;
    }
}
