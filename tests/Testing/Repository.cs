namespace Scoring.Testing;

/// <summary>Finds the repository in which the tests run.</summary>
public static class Repository
{
    /// <summary>The folder of the solution.</summary>
    public static string Root { get; } = Up(folder => File.Exists(Path.Combine(folder, "Scoring.sln")) ? folder : null)
        ?? throw new InvalidOperationException("The tests do not run inside the repository.");

    /// <summary>
    /// Returns the path of a file of shared vectors: in the folder of the variable SCORING_SHARED, or in a folder <c>shared</c> next to a
    /// parent folder.
    /// </summary>
    /// <exception cref="FileNotFoundException">The file is missing. A test that needs it fails, and does not pass without it.</exception>
    public static string Vectors(string name)
    {
        var folder = Environment.GetEnvironmentVariable("SCORING_SHARED");
        var path = folder is not null
            ? Path.Combine(folder, "vectors", name)
            : Up(parent => Path.Combine(parent, "shared", "vectors", name) is var found && File.Exists(found) ? found : null);
        return File.Exists(path)
            ? path
            : throw new FileNotFoundException($"There is no vectors/{name} in SCORING_SHARED or in a folder shared next to a parent.");
    }

    private static string? Up(Func<string, string?> find)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (find(folder.FullName) is { } found) return found;
        return null;
    }
}
