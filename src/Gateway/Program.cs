using Scoring.Hosting;
using Scoring.Settings;

return args is [CheckConfigCommand.Name, .. var settings]
    ? GatewayProcess.CheckConfig(settings, Console.Out)
    : await GatewayProcess.Run(args);
