using System.CommandLine;
using System.Text.Json;
using Scoring.Client;

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
        return AdminCommand.Acting(command, async (parsed, admin, cancellationToken) =>
        {
            var name = parsed.GetValue(programme)!;
            await admin.Administration.StartSimulation(name, cancellationToken);
            var simulation = await admin.Administration.FindSimulation(name, cancellationToken);
            for (var printed = -1; simulation.Status == SimulationStatus.Running;)
            {
                var percent = simulation.PercentDone;
                if (percent != printed) Console.Error.WriteLine($"{printed = percent} %");
                await Task.Delay(Pause, cancellationToken);
                simulation = await admin.Administration.FindSimulation(name, cancellationToken);
            }

            if (simulation.Report is not { } report)
                throw new CityException($"The simulation ended without a report: {simulation.Status}.");
            if (parsed.GetValue(json)) Console.WriteLine(JsonSerializer.Serialize(report, ScoringJson.Options));
            else AdminView.Report(Console.Out, report);
        });
    }
}
