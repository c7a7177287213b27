using Scoring.Hosting;
using Scoring.Settings;

return args is [CheckConfigCommand.Name, .. var settings] ? StandaloneCheck.Run(settings, Console.Out) : await StandaloneHost.Run(args);
