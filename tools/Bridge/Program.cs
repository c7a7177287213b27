using System.CommandLine;
using Scoring.Bridge.Commands;
using Scoring.Bridge.Settings;

try
{
    return await BridgeCommand.Build().Parse(args).InvokeAsync(new InvocationConfiguration
    {
        EnableDefaultExceptionHandler = false,
        ProcessTerminationTimeout = TimeSpan.FromMinutes(11), // the bridge has a bound of its own, twice StopSecondsMax
    });
}
catch (SettingsException exception)
{
    await Console.Error.WriteLineAsync(exception.Message);
    return 2;
}
