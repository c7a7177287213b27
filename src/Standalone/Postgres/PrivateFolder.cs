namespace Scoring.Postgres;

/// <summary>Makes folders that are ours alone.</summary>
internal static class PrivateFolder
{
    private const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <summary>Mode 0700, or 0711 when others may pass through to what is closed by itself.</summary>
    public static void Create(string path, bool passable = false)
    {
        if (OperatingSystem.IsWindows())
        {
            throw new PlatformNotSupportedException("The embedded PostgreSQL runs on Linux and macOS only.");
        }

        Directory.CreateDirectory(path, passable ? Owner | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute : Owner);
    }
}
