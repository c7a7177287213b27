using System.CommandLine;
using System.Text.Json;
using Scoring.Bench.Platforms;
using Scoring.City.Commands;

namespace Scoring.Bench.PeerRuns;

/// <summary>The command <c>peers</c>: measures the platform next to other ways to do the same scoring job.</summary>
public static class PeersCommand
{
    /// <summary>Builds the command.</summary>
    public static Command Build()
    {
        var peers = new Option<string[]>("--peers")
        {
            Description = $"What is measured next to the platform: {string.Join(", ", PeerFacts.Peers.Keys)}.",
            DefaultValueFactory = _ => [.. PeerFacts.Peers.Keys.Where(PeerFacts.IsDefault)], AllowMultipleArgumentsPerToken = true,
        };
        var subjects = BenchOptions.Subjects(5000);
        var events = CityOptions.Number("--events", "How many events to send in each round, 1,000 to 1,000,000.", 50_000, 1000, 1_000_000);
        var batch = CityOptions.Number("--batch", "How many events a request holds, 1 to 500.", 1, 1, 500);
        var parallel = BenchOptions.Parallel(512);
        var rounds = CityOptions.Number("--rounds", "How many rounds, each with all peers in turns, 1 to 20.", 2, 1, 20);
        var keys = CityOptions.Number(
            "--stored-keys", "How many keys of its last events a stored state has, to refuse repeated ones, 0 to 10,000.", 0, 0, 10_000);
        var settings = BenchOptions.Settings();
        var command = new Command("peers", "Measure the platform next to other ways to do the same scoring job, on the same PostgreSQL.")
        {
            peers, subjects, events, batch, parallel, rounds, keys, settings,
        };
        command.Validators.Add(parsed =>
        {
            foreach (var peer in parsed.GetValue(peers)!.Where(peer => !PeerFacts.Peers.ContainsKey(peer)))
                parsed.AddError($"There is no peer {peer}.");
        });
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var options = new PeersOptions(
                [.. parsed.GetValue(peers)!.Distinct()], parsed.GetValue(subjects), parsed.GetValue(events), parsed.GetValue(batch),
                parsed.GetValue(parallel), parsed.GetValue(rounds), parsed.GetValue(keys), BenchOptions.SettingsOf(parsed, settings));
            var result = await new PeersRun(options, Console.Error).Run(cancellationToken);
            result.Write(Console.Error);
            Console.WriteLine(JsonSerializer.Serialize(result, JsonSerializerOptions.Web));
            return 0;
        });
        return command;
    }
}

/// <summary>Options of the bench.</summary>
/// <param name="Peers">What is measured next to the platform.</param>
/// <param name="Subjects">How many subjects there are.</param>
/// <param name="Events">How many events are sent in each round.</param>
/// <param name="Batch">How many events a request holds.</param>
/// <param name="Parallel">How many requests are sent concurrently.</param>
/// <param name="Rounds">How many rounds.</param>
/// <param name="StoredKeys">How many keys of its last events a stored state has.</param>
/// <param name="Settings">Settings of the platform that differ from the defaults, as <c>--Section:Name=value</c>.</param>
public sealed record PeersOptions(
    IReadOnlyList<string> Peers, int Subjects, int Events, int Batch, int Parallel, int Rounds, int StoredKeys,
    IReadOnlyList<string> Settings);
