using Scoring.Hosting;
using Scoring.Keys;
using Scoring.Settings;

switch (args)
{
    case ["create-keys", var file]:
        PlatformKeyFile.Create(file);
        return 0;
    case ["add-checkpoint-key", var before]:
        PlatformKeyFile.AddCheckpointKey(before);
        return 0;
    case [CheckConfigCommand.Name, .. var settings]:
        return SiloProcess.CheckConfig(settings, Console.Out);
    default:
        return await SiloProcess.Run(args);
}
