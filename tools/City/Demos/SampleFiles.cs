using Scoring.City.Rows;

namespace Scoring.City.Demos;

/// <summary>Finds what a demonstration needs: the sample files, or made-up ones of the same forms, and the platform beside City.</summary>
public static class SampleFiles
{
    private static readonly string[] Names =
        ["payments-tabformer-user0.csv", "traffic-nyc-2017.csv", "inspections-chicago-2020.csv"];

    /// <summary>The sample files of a folder when it has all three, else made-up ones.</summary>
    public static IReadOnlyList<RowFile> Read(string? folder, RowOptions options)
    {
        folder ??= Environment.GetEnvironmentVariable("SCORING_DATA") ?? BesideRepository();
        if (folder is not null && Names.All(name => File.Exists(Path.Combine(folder, name))))
        {
            Console.WriteLine($"Replaying the sample files of {folder}.");
            return [.. Names.Select(name => RowReader.Read(Path.Combine(folder, name), options))];
        }
        Console.WriteLine("No sample files found (--data names their folder): replaying made-up rows of the same forms.");
        return [.. SyntheticFiles.All(options.Seed).Select(text => RowReader.Read(new StringReader(text), options))];
    }

    /// <summary>The platform's assembly in the same artifacts folder as City.</summary>
    /// <exception cref="CityException">It is not built.</exception>
    public static string BesideCity()
    {
        var here = new DirectoryInfo(AppContext.BaseDirectory);
        var beside = Path.Combine(here.Parent!.Parent!.FullName, "Standalone", here.Name, "Scoring.Standalone.dll");
        return File.Exists(beside) ? beside
            : throw new CityException($"{beside} is not there: build src/Standalone, or name it by --assembly.");
    }

    private static string? BesideRepository()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "Scoring.sln"))) return Path.Combine(folder.FullName, "..", "shared", "data");
        return null;
    }
}
