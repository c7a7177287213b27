namespace Scoring.Postgres;

/// <summary>
/// A short folder for the server's socket, closed to all but the server's account: it is the only door, so it is also the authentication.
/// Short, because a socket's path may have 107 bytes at most.
/// </summary>
internal static class SocketFolder
{
    private const string Prefix = "/tmp/scoring-";

    public const string SocketName = ".s.PGSQL.5432";

    public static async Task<string> Create(ServerAccount account, CancellationToken cancellationToken)
    {
        string folder;
        do
        {
            folder = Prefix + Path.GetRandomFileName()[..8];
        }
        while (Path.Exists(folder));

        PrivateFolder.Create(folder);
        await account.GiveFolder(folder, cancellationToken);
        return folder;
    }

    /// <summary>Removes what an ended server has left, whose lock would name a process id that may be a stranger's by now.</summary>
    public static void Clear(string folder)
    {
        if (IsOurs(folder))
        {
            File.Delete(Path.Combine(folder, SocketName));
            File.Delete(Path.Combine(folder, SocketName + ".lock"));
        }
    }

    public static void Delete(string folder)
    {
        Clear(folder);
        if (IsOurs(folder) && !Directory.EnumerateFileSystemEntries(folder).Any())
        {
            Directory.Delete(folder);
        }
    }

    // The name may come from a file, so anything that is not plainly ours stays.
    private static bool IsOurs(string folder) =>
        folder.StartsWith(Prefix, StringComparison.Ordinal) && folder.IndexOf('/', Prefix.Length) < 0 && Directory.Exists(folder);
}
