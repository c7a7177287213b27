using Scoring.Hosting;
using Scoring.Settings;

return args is [CheckConfigCommand.Name, .. var settings] ? PortalHost.CheckConfig(settings, Console.Out) : await PortalHost.Run(args);
