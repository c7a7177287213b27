using System.CommandLine;
using Scoring.Bench.Measuring;
using Scoring.City.Commands;

namespace Scoring.Bench.Portal;

/// <summary>The command <c>portal</c>: measures how long pages of an enrolled participant take.</summary>
public static class PortalCommand
{
    /// <summary>Builds the command.</summary>
    public static Command Build()
    {
        var events = CityOptions.Number("--events", "How many events the participant's history has, 500 to 100,000.", 500, 500, 100_000);
        var requests = CityOptions.Number("--requests", "How often each page is requested, 10 to 10,000.", 200, 10, 10_000);
        var command = new Command("portal", "Measure how long pages of the portal take for an enrolled participant, one request at a time.")
        {
            events, requests,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await new PortalRun(parsed.GetValue(events), parsed.GetValue(requests), Console.Error)
                .Run(Figures.Print, cancellationToken);
            return 0;
        });
        return command;
    }
}
