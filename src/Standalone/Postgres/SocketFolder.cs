namespace Scoring.Postgres;

/// <summary>
/// A folder for the server's socket that only the server's account may enter. The socket is the only way to connect, so the folder's mode
/// is the authentication. The path is short, because a socket's path has 107 bytes at most.
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

    /// <summary>
    /// Removes the socket and its lock after the server ended. The lock names a process id that another program may use now.
    /// </summary>
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

    // The name may come from a file, so only folders of this class's own form are deleted.
    private static bool IsOurs(string folder) =>
        folder.StartsWith(Prefix, StringComparison.Ordinal) && folder.IndexOf('/', Prefix.Length) < 0 && Directory.Exists(folder);
}
