using System.CommandLine;
using System.Text.Json;
using Scoring.City.Platform;

namespace Scoring.City.Commands;

/// <summary>The command <c>city admin simulate</c>: prints what the draft would change.</summary>
public static class SimulateCommand
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    /// <summary>Builds the command.</summary>
    public static Command Build()
    {
        var programme = AdminCommand.Programme();
        var json = new Option<bool>("--json") { Description = "Print the whole report as JSON." };
        var command = new Command("simulate", "Simulate the draft over the real ledger, and print what would change.") { programme, json };
        return AdminCommand.Acting(command, async (parsed, admin, _, cancellationToken) =>
        {
            var name = parsed.GetValue(programme)!;
            await admin.Simulate(name, cancellationToken);
            var simulation = await admin.Simulation(name, cancellationToken);
            for (var printed = -1; simulation.GetProperty("status").GetString() == "running";)
            {
                var percent = simulation.GetProperty("percentDone").GetInt32();
                if (percent != printed) Console.Error.WriteLine($"{printed = percent} %");
                await Task.Delay(Pause, cancellationToken);
                simulation = await admin.Simulation(name, cancellationToken);
            }

            if (simulation.GetProperty("report") is not { ValueKind: JsonValueKind.Object } report)
                throw new CityException($"The simulation ended without a report: {simulation.GetProperty("status").GetString()}.");
            if (parsed.GetValue(json)) Console.WriteLine(report.GetRawText());
            else AdminView.Report(Console.Out, report);
        });
    }
}
