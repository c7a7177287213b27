namespace Scoring.City.Demos;

/// <summary>The settings of a platform on a scratch folder.</summary>
public static class StandaloneSettings
{
    /// <summary>Returns the command line: all data in the folder, on free ports.</summary>
    /// <param name="folder">The scratch folder.</param>
    /// <param name="developmentClock">Whether programmes use a clock file in the folder instead of the machine's clock.</param>
    public static string[] Arguments(string folder, bool developmentClock) =>
    [
        $"--Standalone:DataFolder={folder}",
        "--Standalone:Port=0",
        "--DevelopmentIssuer:Port=0",
        "--Portal:Port=0",
        $"--Standalone:DevelopmentClock={developmentClock}",
    ];

    /// <summary>Returns the path of the standalone file that the platform writes.</summary>
    public static string FileOf(string folder) => Path.Combine(folder, "standalone.json");
}
