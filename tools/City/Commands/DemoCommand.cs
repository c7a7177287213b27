using System.CommandLine;
using System.Diagnostics;
using Scoring.City.Demos;
using Scoring.City.Display;
using Scoring.City.People;
using Scoring.City.Platform;
using Scoring.City.Replays;
using Scoring.City.Rows;

namespace Scoring.City.Commands;

/// <summary>
/// The command <c>city demo</c>: starts the platform on scratch data, replays files, verifies every score, and cleans up.
/// </summary>
public static class DemoCommand
{
    private const int FailedExportsShown = 3;

    private static readonly TimeSpan OneDay = TimeSpan.FromDays(1);

    /// <summary>Builds the command.</summary>
    public static Command Build()
    {
        var assembly = new Option<string>("--assembly")
            { Description = "The path of Scoring.Standalone.dll. Default: the one in the same build as City." };
        var data = new Option<string>("--data")
            { Description = "The folder with the sample files. Default: SCORING_DATA, or ../shared/data." };
        var vehicles = CityOptions.Vehicles();
        var seed = CityOptions.Seed();
        var strangersEvery = CityOptions.StrangersEvery();
        var command = new Command(
            "demo", "Start the platform on scratch data, replay the sample files, verify every score, and clean up.")
        {
            assembly, data, vehicles, seed, strangersEvery,
        };
        command.SetAction((parsed, cancellationToken) => Run(
            parsed.GetValue(assembly) ?? StandaloneChild.BuiltAssembly(),
            SampleFiles.Read(parsed.GetValue(data), new RowOptions(parsed.GetValue(seed)!, parsed.GetValue(vehicles))),
            new ReplayOptions(Shuffle: false, Twice: false, Verify: true, parsed.GetValue(strangersEvery), parsed.GetValue(seed)!),
            cancellationToken));
        return command;
    }

    private static async Task<int> Run(
        string assembly, IReadOnlyList<RowFile> rows, ReplayOptions options, CancellationToken cancellationToken)
    {
        var startedAt = Stopwatch.GetTimestamp();
        Console.WriteLine("Starting the platform on scratch data …");
        await using var child = await StandaloneChild.Start(assembly, cancellationToken);
        Console.WriteLine($"Ready after {Stopwatch.GetElapsedTime(startedAt).TotalSeconds:N0} s.");
        using var session = new Session(StandaloneFile.Read(child.StandaloneFilePath), [], options.Seed, 4);
        var (replay, freshness, now) = await ProgressDisplays.Run(
            display => ReplayAndMeasure(session, rows, options, display, cancellationToken));
        Resident[] people = [.. replay.Enrolled];
        var (proven, failedExports) = await ProgressDisplays.Run(display =>
            OfflineExportCheck.Run(session, people, display.Start("Exports checked offline", people.Length), cancellationToken));
        (string, string)[] lines =
        [
            .. rows.SelectMany(RunSummary.Describe),
            ("enrolled", $"{people.Length:N0}"),
            ("not enrolled, events sent", $"{replay.Strangers:N0}"),
            ("freshness (event to score)", Percentiles.Text(freshness)),
            ("exports proven offline", $"{proven:N0} of {people.Length:N0}"),
        ];
        if (session.Verifier.MostDetailedExplanation is { } explanation) ExplanationView.Print(explanation);
        var isClean = RunSummary.Print(session, replay.Results, lines);
        var failures = await new ParticipantJourney(session, now, Console.Out).Run(cancellationToken);
        Console.WriteLine($"Done in {Stopwatch.GetElapsedTime(startedAt).TotalSeconds:N0} s.");
        foreach (var report in failedExports.Take(FailedExportsShown)) Console.WriteLine(report);
        return isClean && failures.Count == 0 && failedExports.Count == 0 ? 0 : 1;
    }

    private static async Task<(Replay Replay, IReadOnlyList<double> FreshnessMs, DateTimeOffset Now)> ReplayAndMeasure(
        Session session, IReadOnlyList<RowFile> rows, ReplayOptions options, IProgressDisplay display, CancellationToken cancellationToken)
    {
        var clock = session.Clock();
        var replay = new Replay(session, clock, options, display);
        await replay.Run(rows, [], cancellationToken);
        Resident[] people = [.. replay.Enrolled];
        // A service gets the same answer again during a grant's window. The last comparison needs new answers, so the clock moves past the
        // window: by a whole day, because only a new day is visible from outside.
        await clock.Set(clock.Now + OneDay, await session.Platform.Programme(rows[0].Programme, cancellationToken), cancellationToken);
        var freshness = await FreshnessMeasurement.Measure(
            session, people, clock.Now, display.Start("Freshness", FreshnessMeasurement.Sample), cancellationToken);
        foreach (var programme in rows.Select(file => file.Programme).Distinct())
            await replay.Verify(programme, programme, cancellationToken);
        return (replay, freshness, clock.Now);
    }
}
