namespace Scoring.Postgres;

/// <summary>
/// Lets one process own a data folder. The kernel holds the lock (flock), so it ends when the owner ends, also after a crash.
/// </summary>
internal static class OwnerLock
{
    public static FileStream Take(string path)
    {
        try
        {
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (UnauthorizedAccessException exception)
        {
            throw new EmbeddedPostgresException(
                EmbeddedPostgresFailure.FolderUnusable,
                $"{Path.GetDirectoryName(path)} belongs to another user. Start the platform as that user, or choose another data folder.",
                exception);
        }
        catch (IOException exception) when (exception is not (DirectoryNotFoundException or FileNotFoundException or PathTooLongException))
        {
            throw new EmbeddedPostgresException(
                EmbeddedPostgresFailure.AlreadyOwned,
                $"The data folder {Path.GetDirectoryName(path)} is in use by another running process. " +
                "Stop that process first, or choose another data folder.", exception);
        }
    }
}
