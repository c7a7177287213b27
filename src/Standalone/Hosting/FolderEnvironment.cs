using Scoring.Development;

namespace Scoring.Hosting;

/// <summary>
/// Keeps Development and Production apart. A data folder belongs to the one in which it was made: in Development its database trusts a
/// synthetic issuer and sources, whose keys are in the folder.
/// </summary>
internal static class FolderEnvironment
{
    private const string Development = "Development";
    private const string Production = "Production";

    /// <summary>Marks a new folder; returns why a folder cannot be used in this environment, or <see langword="null"/>.</summary>
    public static string? Claim(StandaloneFolder folder, bool isDevelopment)
    {
        var now = isDevelopment ? Development : Production;
        var made = MadeIn(folder);
        if (made == now || made is null)
        {
            if (!File.Exists(folder.Environment)) PrivateFile.Write(folder.Environment, now);
            return null;
        }
        return made == Development
            ? $"The data folder {folder.Root} was made in Development, so it holds synthetic keys that anyone who read it can use. "
                + "Choose a new one for Production with --Standalone:DataFolder=PATH."
            : $"The data folder {folder.Root} was not made in Development. Choose another one with --Standalone:DataFolder=PATH.";
    }

    /// <summary>
    /// Returns the environment of a folder; <see langword="null"/> for a new one. A folder of an earlier version has no mark: in
    /// Development it got the synthetic keys, otherwise only a database.
    /// </summary>
    private static string? MadeIn(StandaloneFolder folder)
    {
        if (File.Exists(folder.DevelopmentKeys)) return Development;
        if (File.Exists(folder.Environment)) return File.ReadAllText(folder.Environment).Trim() == Development ? Development : Production;
        return Directory.Exists(folder.Postgres) ? Production : null;
    }
}
