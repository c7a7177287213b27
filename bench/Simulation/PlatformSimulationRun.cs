using System.Diagnostics;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Scoring.Bench.Ingest;
using Scoring.City;
using Scoring.City.Commands;
using Scoring.City.People;
using Scoring.City.Platform;
using Scoring.City.Replays;
using Scoring.Testing;

namespace Scoring.Bench.Simulation;

/// <summary>
/// A whole simulation as an administrator sees it: subjects enrolled and events sent over HTTP, a draft put, simulated, and asked after
/// until it is done, while events go on being sent.
/// </summary>
public sealed class PlatformSimulationRun(int subjects, int entries, int parallel, TextWriter progress)
{
    private const int RoundEvents = 500_000;
    private const int AloneSeconds = 15;
    private const int WhileEvents = 3 * RoundEvents;

    /// <summary>Runs it all, and hands the line over before the platform is stopped.</summary>
    public async Task Run(Action<string> report, CancellationToken cancellationToken)
    {
        await using var platform = await InProcess.Start([], cancellationToken);
        using var session = new Session(platform.Standalone with { Services = [] }, [], "bench", parallel);
        var crowd = new BenchClient(session, progress);
        var programme = await session.Participation.Programme(ProgrammeNames.SafeDriver, cancellationToken);
        var (people, _) = await crowd.Enrol(programme, subjects, cancellationToken);
        for (var (sent, round) = (0, 0); sent < entries; round++)
        {
            var count = Math.Min(RoundEvents, entries - sent);
            await crowd.Send(Batches(round, count), int.MaxValue, parallel, cancellationToken);
            progress.WriteLine($"{sent += count:N0} of {entries:N0} events accepted");
        }

        var (before, beside) = (Batches(int.MaxValue / 2, RoundEvents), Batches(int.MaxValue / 2 + 1, WhileEvents));
        var quiet = Stopwatch.GetTimestamp();
        var (alone, _) = await crowd.Send(before, AloneSeconds, parallel, cancellationToken);
        var aloneSeconds = Stopwatch.GetElapsedTime(quiet).TotalSeconds;
        await PutDraft(session, cancellationToken);
        using var sending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var (since, under) = (Stopwatch.GetTimestamp(), SendUntilCancelled(crowd, beside, sending.Token));
        var done = await Simulate(session, cancellationToken);
        var took = Stopwatch.GetElapsedTime(since);
        await sending.CancelAsync();
        var (meanwhile, besideSeconds) = await under;
        report(JsonSerializer.Serialize(
            new
            {
                Bench = "simulate-platform", Cores = Environment.ProcessorCount, Subjects = done.GetProperty("subjects").GetInt64(),
                Entries = done.GetProperty("entries").GetInt64(), Seconds = Math.Round(took.TotalSeconds, 1),
                AcceptedPerSecondAlone = Math.Round(alone / aloneSeconds),
                SecondsMeanwhile = Math.Round(besideSeconds, 1), AcceptedPerSecondMeanwhile = Math.Round(meanwhile / besideSeconds),
            },
            JsonSerializerOptions.Web));

        (byte[] Json, int Events)[] Batches(int round, int count) =>
            PreparedBatches.Create(people, count, TimeProvider.System.GetUtcNow(), programme.Zone, round);
    }

    /// <summary>The last published version, its first rule giving twice as much.</summary>
    private static async Task PutDraft(Session session, CancellationToken cancellationToken)
    {
        var published = await session.Api.Ask(HttpMethod.Get, $"/v1/programmes/{ProgrammeNames.SafeDriver}", null, null, cancellationToken)
            ?? throw new CityException("The programme is not published.");
        var draft = JsonNode.Parse(DraftFile.Next(published, noticeDays: 14))!;
        var rule = draft["ruleSet"]!["rules"]!.AsArray()[0]!;
        rule["points"] = 2 * (int)rule["points"]!;
        await new City.Platform.AdministratorClient(session.Api, session.Standalone.AdministratorToken(1))
            .Draft(ProgrammeNames.SafeDriver, Encoding.UTF8.GetBytes(draft.ToJsonString()), cancellationToken);
    }

    private static async Task<JsonElement> Simulate(Session session, CancellationToken cancellationToken)
    {
        var administrator = new City.Platform.AdministratorClient(session.Api, session.Standalone.AdministratorToken(2));
        await administrator.Simulate(ProgrammeNames.SafeDriver, cancellationToken);
        while (true)
        {
            var view = await administrator.Simulation(ProgrammeNames.SafeDriver, cancellationToken);
            var status = view.GetProperty("status").GetString();
            if (status == "done") return view.GetProperty("report");
            if (status != "running") throw new CityException($"The simulation ended as {status}.");
            await Task.Delay(TimeSpan.FromMilliseconds(250), cancellationToken);
        }
    }

    /// <summary>Sends until told to stop or nothing is left; a few batches at a time, so that none is cut off in the middle.</summary>
    private async Task<(long Accepted, double Seconds)> SendUntilCancelled(BenchClient crowd, (byte[] Json, int Events)[] batches, CancellationToken stop)
    {
        var (accepted, since) = (0L, Stopwatch.GetTimestamp());
        for (var at = 0; at < batches.Length && !stop.IsCancellationRequested; at += parallel)
        {
            var some = batches[at..Math.Min(batches.Length, at + parallel)];
            accepted += (await crowd.Send(some, int.MaxValue, parallel, CancellationToken.None)).Accepted;
        }
        return (accepted, Stopwatch.GetElapsedTime(since).TotalSeconds);
    }
}
