using Scoring.City.Rows;

namespace Scoring.City.Demos;

/// <summary>Reads the sample files of a demonstration, or creates synthetic files of the same formats.</summary>
public static class SampleFiles
{
    private static readonly string[] Names =
        ["payments-tabformer-user0.csv", "traffic-nyc-2017.csv", "inspections-chicago-2020.csv"];

    /// <summary>Reads the sample files of a folder when it has all three; otherwise creates synthetic files.</summary>
    public static IReadOnlyList<RowFile> Read(string? folder, RowOptions options)
    {
        folder ??= Environment.GetEnvironmentVariable("SCORING_DATA") ?? NextToRepository();
        if (folder is not null && Names.All(name => File.Exists(Path.Combine(folder, name))))
        {
            Console.WriteLine($"Replaying the sample files in {folder}.");
            return [.. Names.Select(name => RowReader.Read(Path.Combine(folder, name), options))];
        }
        Console.WriteLine("No sample files found; set their folder with --data. Replaying synthetic files of the same formats.");
        return [.. SyntheticFiles.All(options.Seed).Select(text => RowReader.Read(new StringReader(text), options))];
    }

    private static string? NextToRepository()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "Scoring.sln"))) return Path.Combine(folder.FullName, "..", "shared", "data");
        return null;
    }
}
