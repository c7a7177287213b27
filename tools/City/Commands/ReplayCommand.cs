using System.CommandLine;
using Scoring.City.Display;
using Scoring.City.People;
using Scoring.City.Platform;
using Scoring.City.Replays;
using Scoring.City.Rows;

namespace Scoring.City.Commands;

/// <summary><c>city replay</c>: lives the past of data files again.</summary>
public static class ReplayCommand
{
    /// <summary>The command.</summary>
    public static Command Build()
    {
        var (standalone, seed, state, gateway) = (CityOptions.Standalone(), CityOptions.Seed(), CityOptions.State(), CityOptions.Gateway());
        var (verify, parallel, strangers) = (CityOptions.Verify(), CityOptions.Parallel(), CityOptions.StrangersEvery());
        var files = new Argument<string[]>("FILE") { Description = "TabFormer, NYC or Chicago files.", Arity = ArgumentArity.OneOrMore };
        var shuffle = new Option<bool>("--shuffle") { Description = "Send the events of a leg in any order." };
        var twice = new Option<bool>("--twice") { Description = "Send every leg a second time." };
        var vehicles = CityOptions.Number(
            "--vehicles", "Over how many made-up vehicles traffic rows are dealt, 1 to 10,000.", 100, 1, 10_000);
        var command = new Command("replay",
            "Replays data files by the development clock: their people enrol, and all that happened is sent.")
        {
            files, standalone, seed, state, gateway, verify, parallel, strangers, shuffle, twice, vehicles,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var draws = parsed.GetValue(seed)!;
            RowFile[] rows = [.. parsed.GetValue(files)!.Select(f => RowReader.Read(f, new RowOptions(draws, parsed.GetValue(vehicles))))];
            using var session = new Session(
                StandaloneFile.Read(parsed.GetValue(standalone)!), parsed.GetValue(gateway) ?? [], draws, parsed.GetValue(parallel));
            var options = new ReplayOptions(
                parsed.GetValue(shuffle), parsed.GetValue(twice), parsed.GetValue(verify), parsed.GetValue(strangers), draws);
            var replay = await ProgressDisplays.Run(async show =>
            {
                var started = new Replay(
                    session.Clock(), session.TownHall, session.Participation, session.Sender, session.Verifier, options, show);
                await started.Run(rows, StateFile.Read(parsed.GetValue(state)!), cancellationToken);
                return started;
            });
            StateFile.Add(parsed.GetValue(state)!, [.. replay.Enrolled]);
            (string, string)[] lines =
                [.. rows.SelectMany(RunSummary.Describe), ("enrolled", $"{replay.Enrolled.Count():N0}"),
                    ("strangers sent about", $"{replay.Strangers:N0}")];
            return RunSummary.Print(session, replay.Findings, lines) ? 0 : 1;
        });
        return command;
    }
}
