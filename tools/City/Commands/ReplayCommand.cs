using System.CommandLine;
using Scoring.City.Display;
using Scoring.City.People;
using Scoring.City.Platform;
using Scoring.City.Replays;
using Scoring.City.Rows;

namespace Scoring.City.Commands;

/// <summary>The command <c>city replay</c>: replays data files by their own dates.</summary>
public static class ReplayCommand
{
    /// <summary>Builds the command.</summary>
    public static Command Build()
    {
        var standalone = CityOptions.Standalone();
        var seed = CityOptions.Seed();
        var state = CityOptions.State();
        var gateway = CityOptions.Gateway();
        var verify = CityOptions.Verify();
        var parallel = CityOptions.Parallel();
        var strangersEvery = CityOptions.StrangersEvery();
        var files = new Argument<string[]>("FILE")
        {
            Description = "TabFormer, New York or Chicago files.", Arity = ArgumentArity.OneOrMore,
        };
        var shuffle = new Option<bool>("--shuffle") { Description = "Send the events of each leg in random order." };
        var twice = new Option<bool>("--twice") { Description = "Send each leg a second time." };
        var vehicles = CityOptions.Vehicles();
        var command = new Command("replay", "Replay data files by the development clock: enrol their people and send their events.")
        {
            files, standalone, seed, state, gateway, verify, parallel, strangersEvery, shuffle, twice, vehicles,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var options = new ReplayOptions(
                parsed.GetValue(shuffle), parsed.GetValue(twice), parsed.GetValue(verify), parsed.GetValue(strangersEvery),
                parsed.GetValue(seed)!);
            var rowOptions = new RowOptions(options.Seed, parsed.GetValue(vehicles));
            RowFile[] rows = [.. parsed.GetValue(files)!.Select(file => RowReader.Read(file, rowOptions))];
            using var session = new Session(
                StandaloneFile.Read(parsed.GetValue(standalone)!), parsed.GetValue(gateway) ?? [], options.Seed,
                parsed.GetValue(parallel));
            var replay = await Run(session, rows, options, parsed.GetValue(state)!, cancellationToken);
            (string, string)[] lines =
            [
                .. rows.SelectMany(RunSummary.Describe), ("enrolled", $"{replay.Enrolled.Count():N0}"),
                ("not enrolled, events sent", $"{replay.Strangers:N0}"),
            ];
            return RunSummary.Print(session, replay.Results, lines) ? 0 : 1;
        });
        return command;
    }

    private static async Task<Replay> Run(
        Session session, RowFile[] rows, ReplayOptions options, string statePath, CancellationToken cancellationToken)
    {
        var replay = await ProgressDisplays.Run(async display =>
        {
            var running = new Replay(session, session.Clock(), options, display);
            await running.Run(rows, StateFile.Read(statePath), cancellationToken);
            return running;
        });
        StateFile.Add(statePath, [.. replay.Enrolled]);
        return replay;
    }
}
