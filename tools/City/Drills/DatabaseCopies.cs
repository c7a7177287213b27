using System.Diagnostics;

namespace Scoring.City.Drills;

/// <summary>Backup, archive and restore of the database of a standalone platform, with PostgreSQL's own programs.</summary>
/// <param name="postgres">The folder of the database in the platform's data folder.</param>
public sealed class DatabaseCopies(string postgres) : IAsyncDisposable
{
    private const int SocketLine = 4;
    private const string Slot = "drill";

    private readonly string _kept = Directory.CreateTempSubdirectory("scoring-drill-kept-").FullName;
    private Process? _archiving;
    private string _programs = "";
    private string _socket = "";

    private string Cluster => Path.Combine(postgres, "cluster");

    private string Archive => Path.Combine(_kept, "archive");

    private string Backup => Path.Combine(_kept, "backup");

    /// <summary>Begins to archive the write-ahead log. A slot makes the server keep what is not archived yet.</summary>
    public async Task BeginArchive(CancellationToken cancellationToken)
    {
        FindServer();
        Directory.CreateDirectory(Archive);
        await Run(cancellationToken, Program("pg_receivewal"), [.. Server, "--directory", Archive, "--slot", Slot, "--create-slot"]);
        _archiving = Process.Start(Start(
            Program("pg_receivewal"), [.. Server, "--directory", Archive, "--slot", Slot, "--no-loop", "--synchronous"]))!;
        _archiving.OutputDataReceived += (_, _) => { };
        _archiving.ErrorDataReceived += (_, _) => { };
        _archiving.BeginOutputReadLine();
        _archiving.BeginErrorReadLine();
    }

    /// <summary>Waits until everything that the server wrote before its stop is archived.</summary>
    public async Task EndArchive(CancellationToken cancellationToken)
    {
        await _archiving!.WaitForExitAsync(cancellationToken);
        // The restored server reads the archive by its own account.
        await Run(cancellationToken, "chown", ["-R", "--reference", Cluster, _kept]);
    }

    /// <summary>Copies the running database.</summary>
    public Task TakeBackup(CancellationToken cancellationToken) => Run(
        cancellationToken, Program("pg_basebackup"),
        [.. Server, "--pgdata", Backup, "--wal-method=none", "--checkpoint=fast", "--no-manifest"]);

    /// <summary>Returns the database's time.</summary>
    public async Task<string> Time(CancellationToken cancellationToken) =>
        (await Query("SELECT clock_timestamp()", cancellationToken)).Trim();

    /// <summary>Replaces the database by the backup, which then replays the archive at its next start.</summary>
    /// <param name="time">Up to when; <see langword="null"/> for the end of the backup.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    public async Task Restore(string? time, CancellationToken cancellationToken)
    {
        var next = Cluster + ".restored";
        await Run(cancellationToken, "cp", ["-a", Backup, next]);
        var target = time is null ? "recovery_target = 'immediate'" : $"recovery_target_time = '{time}'";
        await File.AppendAllTextAsync(
            Path.Combine(next, "postgresql.auto.conf"),
            $"""

             restore_command = 'cp "{Archive}/%f" "%p" 2>/dev/null || cp "{Archive}/%f.partial" "%p" 2>/dev/null'
             {target}
             recovery_target_action = 'promote'

             """,
            cancellationToken);
        await File.WriteAllTextAsync(Path.Combine(next, "recovery.signal"), "", cancellationToken);
        await Run(cancellationToken, "chown", ["-R", "--reference", Cluster, next]);
        Directory.Delete(Cluster, recursive: true);
        Directory.Move(next, Cluster);
    }

    /// <summary>Returns what a query of the running database gives, one row a line.</summary>
    public Task<string> Query(string sql, CancellationToken cancellationToken)
    {
        FindServer();
        return Run(
            cancellationToken, Program("psql"),
            ["--host", _socket, "--username", "postgres", "--dbname", "scoring", "--no-align", "--tuples-only", "--command", sql]);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_archiving is not null)
        {
            if (!_archiving.HasExited) _archiving.Kill();
            await _archiving.WaitForExitAsync();
            _archiving.Dispose();
        }
        Directory.Delete(_kept, recursive: true);
    }

    private string[] Server => ["--host", _socket, "--username", "postgres"];

    private string Program(string name) => Path.Combine(_programs, name);

    /// <summary>Finds the socket and the programs of the running server, by the files that it writes.</summary>
    private void FindServer()
    {
        _socket = File.ReadAllLines(Path.Combine(Cluster, "postmaster.pid"))[SocketLine].Trim();
        _programs = Path.GetDirectoryName(File.ReadAllText(Path.Combine(Cluster, "postmaster.opts")).Split(' ')[0])!;
    }

    private static ProcessStartInfo Start(string program, string[] arguments) => new(program, arguments)
    {
        RedirectStandardOutput = true,
        RedirectStandardError = true,
        WorkingDirectory = "/",
    };

    private static async Task<string> Run(CancellationToken cancellationToken, string program, string[] arguments)
    {
        using var process = Process.Start(Start(program, arguments))!;
        var errors = process.StandardError.ReadToEndAsync(cancellationToken);
        var output = await process.StandardOutput.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        return process.ExitCode == 0
            ? output
            : throw new CityException($"{Path.GetFileName(program)} ended with {process.ExitCode}: {await errors}");
    }
}
