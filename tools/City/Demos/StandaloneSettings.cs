namespace Scoring.City.Demos;

/// <summary>How the platform is started on a scratch folder.</summary>
public static class StandaloneSettings
{
    /// <summary>Its command line: everything in the folder, on a free port.</summary>
    /// <param name="folder">The scratch folder.</param>
    /// <param name="developmentClock">Whether programmes go by a clock file in it, instead of the machine's clock.</param>
    public static string[] Arguments(string folder, bool developmentClock) =>
    [
        $"--Standalone:DataFolder={folder}",
        "--Standalone:Port=0",
        $"--Standalone:DevelopmentClock={developmentClock}",
    ];

    /// <summary>Where it then says where it is.</summary>
    public static string FileOf(string folder) => Path.Combine(folder, "standalone.json");
}
