using System.CommandLine;
using System.Diagnostics;
using Scoring.City.Demos;
using Scoring.City.Display;
using Scoring.City.Expected;
using Scoring.City.People;
using Scoring.City.Platform;
using Scoring.City.Replays;
using Scoring.City.Rows;

namespace Scoring.City.Commands;

/// <summary><c>city demo</c>: a small city earns scores from real data, from nothing to nothing left behind.</summary>
public static class DemoCommand
{
    private static readonly TimeSpan OneDay = TimeSpan.FromDays(1);

    /// <summary>The command.</summary>
    public static Command Build()
    {
        var assembly = new Option<string>("--assembly") { Description = "Scoring.Standalone.dll; by default the one built beside City." };
        var data = new Option<string>("--data")
            { Description = "The folder with the sample files; by default SCORING_DATA, or ../shared/data." };
        var vehicles = CityOptions.Number(
            "--vehicles", "Over how many made-up vehicles traffic rows are dealt, 1 to 10,000.", 100, 1, 10_000);
        var (seed, strangers) = (CityOptions.Seed(), CityOptions.StrangersEvery());
        var command = new Command("demo",
            "Starts the platform on scratch data, replays the sample files, verifies every score, and cleans up.")
        {
            assembly, data, vehicles, seed, strangers,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var since = Stopwatch.GetTimestamp();
            var rows = SampleFiles.Read(parsed.GetValue(data), new RowOptions(parsed.GetValue(seed)!, parsed.GetValue(vehicles)));
            Console.WriteLine("Starting the platform on scratch data …");
            await using var child = await StandaloneChild.Start(parsed.GetValue(assembly) ?? SampleFiles.BesideCity(), cancellationToken);
            Console.WriteLine($"Ready after {Stopwatch.GetElapsedTime(since).TotalSeconds:N0} s.");
            using var session = new Session(StandaloneFile.Read(child.StandaloneFilePath), [], parsed.GetValue(seed)!, 4);
            var options = new ReplayOptions(Shuffle: false, Twice: false, Verify: true, parsed.GetValue(strangers), parsed.GetValue(seed)!);
            var (replay, fresh, now) = await ProgressDisplays.Run(show => ReplayAndMeasure(session, rows, options, show, cancellationToken));
            Resident[] people = [.. replay.Enrolled];
            var (proven, refused) = await ProgressDisplays.Run(show =>
                OfflineExportCheck.Run(session, people, show.Start("Exports checked offline", people.Length), cancellationToken));
            (string, string)[] lines =
            [
                .. rows.SelectMany(RunSummary.Describe),
                ("enrolled", $"{replay.Enrolled.Count():N0}"),
                ("strangers sent about", $"{replay.Strangers:N0}"),
                ("event to score", Percentiles.Text(fresh)),
                ("exports proven offline", $"{proven:N0} of {people.Length:N0}"),
            ];
            if (session.Verifier.MostDetailedExplanation is { } best) ExplanationView.Print(best);
            var good = RunSummary.Print(session, replay.Findings, lines);
            var told = await new ParticipantJourney(session, now, Console.Out).Run(cancellationToken);
            Console.WriteLine($"Done in {Stopwatch.GetElapsedTime(since).TotalSeconds:N0} s.");
            foreach (var wrong in refused.Take(3)) Console.WriteLine(wrong);
            return good && told.Count == 0 && refused.Count == 0 ? 0 : 1;
        });
        return command;
    }

    private static async Task<(Replay Replay, IReadOnlyList<double> Fresh, DateTimeOffset Now)> ReplayAndMeasure(
        Session session, IReadOnlyList<RowFile> rows, ReplayOptions options, IProgressDisplay show, CancellationToken cancellationToken)
    {
        var time = session.Clock();
        var replay = new Replay(time, session.TownHall, session.Participation, session.Sender, session.Verifier, options, show);
        await replay.Run(rows, [], cancellationToken);
        Resident[] people = [.. replay.Enrolled];
        // Past the time for which a service is told the same again, so that the last comparison asks anew; a whole day, since only a
        // new day is seen from outside.
        await time.Set(time.Now + OneDay, await session.Participation.Programme(rows[0].Programme, cancellationToken), cancellationToken);
        var fresh = await FreshnessMeasurement.Measure(session, people, time.Now, show.Start("Freshness", FreshnessMeasurement.Sample), cancellationToken);
        foreach (var programme in rows.Select(r => r.Programme).Distinct()) await replay.Verify(programme, programme, cancellationToken);
        return (replay, fresh, time.Now);
    }
}
