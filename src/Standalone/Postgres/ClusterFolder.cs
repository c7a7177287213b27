using System.Globalization;

namespace Scoring.Postgres;

/// <summary>
/// A data folder: the database cluster, which belongs to the server's account, the owner's lock, and the log of the server's start.
/// </summary>
internal sealed class ClusterFolder
{
    private const int TailLinesMax = 15;

    public ClusterFolder(string path) => Root = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));

    public string Root { get; }

    public string Cluster => Path.Combine(Root, "cluster");

    public string Lock => Path.Combine(Root, "owner.lock");

    public string StartLog => Path.Combine(Root, "start.log");

    public string PostmasterPath => Path.Combine(Cluster, "postmaster.pid");

    // The server notes the name of its current log here.
    private string LogNames => Path.Combine(Cluster, "current_logfiles");

    private string Unfinished => Path.Combine(Root, "cluster.new");

    /// <summary>The major version that created the cluster; <see langword="null"/> when there is no cluster yet.</summary>
    public int? MajorVersion
    {
        get
        {
            var file = Path.Combine(Cluster, "PG_VERSION");
            return File.Exists(file) ? int.Parse(File.ReadAllText(file), CultureInfo.InvariantCulture) : null;
        }
    }

    public string LogFile
    {
        get
        {
            var lines = File.Exists(LogNames) ? File.ReadAllLines(LogNames) : [];
            var line = lines.FirstOrDefault(l => l.StartsWith("stderr ", StringComparison.Ordinal));
            return line is null ? StartLog : Path.Combine(Cluster, line["stderr ".Length..].Trim());
        }
    }

    public void Create()
    {
        try
        {
            if (!Directory.Exists(Root))
            {
                // Others may pass through, so that the server's account reaches the cluster below, which is private.
                PrivateFolder.Create(Root, passable: true);
            }
        }
        catch (Exception exception) when (exception is UnauthorizedAccessException or IOException)
        {
            throw new EmbeddedPostgresException(
                EmbeddedPostgresFailure.FolderUnusable, $"The data folder {Root} cannot be created: {exception.Message}", exception);
        }
    }

    /// <summary>
    /// Creates the cluster under a temporary name and renames it, so that an interrupted start leaves no incomplete cluster.
    /// </summary>
    public async Task Initialise(PostgresBinaries binaries, ServerAccount account, bool scratch, CancellationToken cancellationToken)
    {
        if (Directory.Exists(Unfinished))
        {
            Directory.Delete(Unfinished, recursive: true);
        }

        PrivateFolder.Create(Unfinished);
        await account.GiveFolder(Unfinished, cancellationToken);
        var (line, path) = await account.PrefixReaching(Unfinished, cancellationToken);
        string[] initdb =
        [
            binaries.Initdb, "-D", path, "--username", ServerConfiguration.Superuser, "--encoding=UTF8", "--locale=C", "--data-checksums",
            "--auth-local=trust", "--auth-host=reject", "--no-instructions", .. scratch ? ["--no-sync"] : Array.Empty<string>(),
        ];
        var answer = await CommandRunner.Run([.. line, .. initdb], "/", cancellationToken);
        if (!answer.Succeeded)
        {
            throw new EmbeddedPostgresException(
                EmbeddedPostgresFailure.StartFailed, $"initdb failed with {answer.ExitCode}: {(answer.Errors + answer.Output).Trim()}");
        }

        await File.AppendAllTextAsync(
            Path.Combine(Unfinished, "postgresql.conf"), $"\ninclude = '{ServerConfiguration.FileName}'\n", cancellationToken);
        Directory.Move(Unfinished, Cluster);
    }

    /// <summary>
/// Deletes the server's note of its log. Call it before a launch: a server that fails early does not replace the note, and the earlier log
/// does not explain the failure.
/// </summary>
    public void DeleteLogNames() => File.Delete(LogNames);

    /// <summary>Returns the last lines of the server's output, for the message of an error.</summary>
    public string Tail()
    {
        var lines = new[] { StartLog, LogFile }.Distinct().Where(File.Exists).SelectMany(File.ReadLines).TakeLast(TailLinesMax);
        return string.Join('\n', lines.Prepend($"Last lines of {LogFile}:"));
    }

    /// <summary>Deletes what this class created, and the folder itself when nothing else is in it.</summary>
    public void Delete()
    {
        foreach (var folder in new[] { Cluster, Unfinished }.Where(Directory.Exists))
        {
            Directory.Delete(folder, recursive: true);
        }

        File.Delete(StartLog);
        File.Delete(Lock);
        if (!Directory.EnumerateFileSystemEntries(Root).Any())
        {
            Directory.Delete(Root);
        }
    }
}
