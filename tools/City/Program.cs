using System.CommandLine;
using Scoring.City;
using Scoring.City.Commands;
using Scoring.City.Demos;
using Scoring.City.Drills;
using Scoring.Client;

var root = new RootCommand("A client of the scoring platform's HTTP API: a synthetic city for demonstrations, load and checks.")
{
    EnrolCommand.Build(), ReplayCommand.Build(), LoadCommand.Build(), DemoCommand.Build(), AdminCommand.Build(),
    PersonCommand.Build(), AuditCommand.Build(), RequestsCommand.Build(), DrillCommand.Build(),
    StatusCommand.Build(),
};
try
{
    return await root.Parse(args).InvokeAsync(new InvocationConfiguration
    {
        EnableDefaultExceptionHandler = false,
        ProcessTerminationTimeout = StandaloneChild.StopMax + TimeSpan.FromSeconds(5), // an interrupted demonstration still cleans up
    });
}
catch (Exception exception) when (exception is CityException or ScoringProblemException or HttpRequestException or TimeoutException)
{
    await Console.Error.WriteLineAsync(exception.Message);
    return 1;
}
catch (OperationCanceledException)
{
    await Console.Error.WriteLineAsync("Stopped.");
    return 130;
}
