namespace Scoring.Testing;

/// <summary>The repository that the tests run in, found upwards from them.</summary>
public static class Repository
{
    /// <summary>The folder with the solution.</summary>
    public static string Root { get; } = Up(folder => File.Exists(Path.Combine(folder, "Scoring.sln")) ? folder : null)
        ?? throw new InvalidOperationException("The tests do not run inside the repository.");

    /// <summary>A file of the shared vectors: by the variable SCORING_SHARED, or in a folder <c>shared</c> further up.</summary>
    public static string? Vectors(string name)
    {
        var told = Environment.GetEnvironmentVariable("SCORING_SHARED");
        if (told is not null) return Path.Combine(told, "vectors", name); // told but missing is an error of whoever told
        return Up(folder => Path.Combine(folder, "shared", "vectors", name) is var path && File.Exists(path) ? path : null);
    }

    private static string? Up(Func<string, string?> find)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (find(folder.FullName) is { } found) return found;
        return null;
    }
}
