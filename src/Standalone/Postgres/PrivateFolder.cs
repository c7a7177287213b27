namespace Scoring.Postgres;

/// <summary>Creates folders that only their owner may read.</summary>
internal static class PrivateFolder
{
    private const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <summary>Creates a folder with mode 0700, or 0711 when another account must reach a private folder below it.</summary>
    public static void Create(string path, bool passable = false)
    {
        if (OperatingSystem.IsWindows())
        {
            throw new PlatformNotSupportedException("The embedded PostgreSQL runs on Linux and macOS only.");
        }

        Directory.CreateDirectory(path, passable ? Owner | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute : Owner);
    }
}
