using System.Diagnostics;
using System.Text;
using System.Text.Json.Nodes;
using Scoring.Bench.Ingest;
using Scoring.City;
using Scoring.City.Commands;
using Scoring.City.People;
using Scoring.City.Platform;
using Scoring.City.Replays;
using Scoring.Client;
using Scoring.Testing;

namespace Scoring.Bench.Simulation;

/// <summary>
/// Runs a whole simulation as an administrator does. It enrols subjects and sends events over HTTP, puts a draft, and simulates it while
/// more events are sent.
/// </summary>
public sealed class PlatformSimulationRun(int subjects, int entries, int parallel, TextWriter progress)
{
    private const int RoundEvents = 500_000;
    private const int AloneSeconds = 15;
    private const int MeanwhileEvents = 3 * RoundEvents;

    /// <summary>Runs the bench. Reports the result before the platform stops.</summary>
    public async Task Run(Action<object> report, CancellationToken cancellationToken)
    {
        await using var platform = await InProcess.Start([], cancellationToken);
        using var session = new Session(platform.Standalone with { Services = [] }, [], "bench", parallel);
        var client = new BenchClient(session, progress);
        var programme = await session.Platform.Programme(ProgrammeNames.SafeDriver, cancellationToken);
        var (people, _) = await client.Enrol(programme, subjects, cancellationToken);
        await SendEntries(client, Batches, cancellationToken);

        var before = Batches(int.MaxValue / 2, RoundEvents);
        var meanwhile = Batches(int.MaxValue / 2 + 1, MeanwhileEvents);
        var aloneStartedAt = Stopwatch.GetTimestamp();
        var (alone, _) = await client.Send(before, AloneSeconds, parallel, cancellationToken);
        var aloneSeconds = Stopwatch.GetElapsedTime(aloneStartedAt).TotalSeconds;
        await PutDraft(session, cancellationToken);
        using var stopSending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var startedAt = Stopwatch.GetTimestamp();
        var sending = SendUntilCancelled(client, meanwhile, stopSending.Token);
        var done = await Simulate(session, cancellationToken);
        var took = Stopwatch.GetElapsedTime(startedAt);
        await stopSending.CancelAsync();
        var (acceptedMeanwhile, meanwhileSeconds) = await sending;
        report(new
        {
            Bench = "simulate-platform", Cores = Environment.ProcessorCount, done.Subjects,
            done.Entries, Seconds = Math.Round(took.TotalSeconds, 1),
            AcceptedPerSecondAlone = Math.Round(alone / aloneSeconds),
            SecondsMeanwhile = Math.Round(meanwhileSeconds, 1),
            AcceptedPerSecondMeanwhile = Math.Round(acceptedMeanwhile / meanwhileSeconds),
        });

        (byte[] Json, int Events)[] Batches(int round, int count) =>
            PreparedBatches.Create(people, count, TimeProvider.System.GetUtcNow(), programme.Zone, round);
    }

    private async Task SendEntries(
        BenchClient client, Func<int, int, (byte[] Json, int Events)[]> batches, CancellationToken cancellationToken)
    {
        var sent = 0;
        for (var round = 0; sent < entries; round++)
        {
            var count = Math.Min(RoundEvents, entries - sent);
            await client.Send(batches(round, count), int.MaxValue, parallel, cancellationToken);
            progress.WriteLine($"{sent += count:N0} of {entries:N0} events accepted");
        }
    }

    /// <summary>Puts a draft of the last published version whose first rule gives twice the points.</summary>
    private static async Task PutDraft(Session session, CancellationToken cancellationToken)
    {
        var published = await session.Platform.Published(ProgrammeNames.SafeDriver, cancellationToken);
        var draft = JsonNode.Parse(DraftFile.Next(published, noticeDays: 14))!;
        var rule = draft["ruleSet"]!["rules"]!.AsArray()[0]!;
        rule["points"] = 2 * (int)rule["points"]!;
        await DraftFile.Put(
            session.Api.As(session.Standalone.AdministratorToken(1)), Encoding.UTF8.GetBytes(draft.ToJsonString()), cancellationToken);
    }

    private static async Task<SimulationReport> Simulate(Session session, CancellationToken cancellationToken)
    {
        var administration = session.Api.As(session.Standalone.AdministratorToken(2)).Administration;
        await administration.StartSimulation(ProgrammeNames.SafeDriver, cancellationToken);
        while (true)
        {
            var view = await administration.FindSimulation(ProgrammeNames.SafeDriver, cancellationToken);
            if (view.Report is { } report) return report;
            if (view.Status != SimulationStatus.Running) throw new CityException($"The simulation ended as {view.Status}.");
            await Task.Delay(TimeSpan.FromMilliseconds(250), cancellationToken);
        }
    }

    /// <summary>Sends until it is cancelled or no batch is left. It sends a few batches at a time and never interrupts one.</summary>
    private async Task<(long Accepted, double Seconds)> SendUntilCancelled(
        BenchClient client, (byte[] Json, int Events)[] batches, CancellationToken cancellationToken)
    {
        var accepted = 0L;
        var startedAt = Stopwatch.GetTimestamp();
        for (var at = 0; at < batches.Length && !cancellationToken.IsCancellationRequested; at += parallel)
        {
            var part = batches[at..Math.Min(batches.Length, at + parallel)];
            accepted += (await client.Send(part, int.MaxValue, parallel, CancellationToken.None)).Accepted;
        }
        return (accepted, Stopwatch.GetElapsedTime(startedAt).TotalSeconds);
    }
}
