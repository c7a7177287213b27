using System.Diagnostics;

namespace Scoring.Postgres;

/// <summary>Starts, takes over and stops the server process of one cluster. <c>postmaster.pid</c> names the process.</summary>
internal sealed partial class ServerProcess(
    EmbeddedPostgresOptions options, ClusterFolder folder, PostgresBinaries binaries, ServerAccount account, ILogger log) : IDisposable
{
    // The limit of an immediate stop, and then of a kill, after an orderly stop took too long.
    private static readonly TimeSpan HardStopMax = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(20);

    private readonly ServerProcesses _processes = new(account, folder.Cluster);
    private Process? _child;

    public int ProcessId { get; private set; }

    public string Socket { get; private set; } = "";

    /// <summary>
    /// Takes over the running server of an owner that was killed, or removes its remains. <see langword="true"/> when it took a server
    /// over.
    /// </summary>
    public async Task<bool> Adopt(CancellationToken cancellationToken)
    {
        var left = PostmasterFile.Read(folder.PostmasterPath);
        var live = await _processes.FindLive(left?.ProcessId, cancellationToken);
        if (left is not null && live.Contains(left.ProcessId))
        {
            ProcessId = left.ProcessId;
            Socket = left.SocketFolder;
            if (await WaitUntilReady(cancellationToken) && File.Exists(Path.Combine(Socket, SocketFolder.SocketName)))
            {
                Adopted(log, ProcessId, folder.Root);
                return true;
            }

            await Stop(immediate: false, cancellationToken);
        }

        await RemoveRemains(cancellationToken);
        return false;
    }

    public async Task Launch(CancellationToken cancellationToken)
    {
        await File.WriteAllTextAsync(
            Path.Combine(folder.Cluster, ServerConfiguration.FileName), ServerConfiguration.Text(options), cancellationToken);
        folder.DeleteLogNames();
        Socket = Directory.Exists(Socket) ? Socket : await SocketFolder.Create(account, cancellationToken);
        var (line, path) = await account.PrefixReaching(folder.Cluster, cancellationToken);

        // The server gets a session of its own, so that Ctrl-C in a terminal reaches this process only, which then stops the server last.
        // Its output goes to a file, because a pipe would break when this process ends.
        const string detach = """
            exec </dev/null >"$0" 2>&1
            if command -v setsid >/dev/null; then exec setsid "$@"; fi
            exec perl -MPOSIX -e 'POSIX::setsid(); exec @ARGV' "$@"
            """;
        string[] postgres = [.. line, binaries.Postgres, "-D", path, "-k", Socket];
        _child?.Dispose();
        _child = Process.Start(CommandRunner.StartInfo(["sh", "-c", detach, folder.StartLog, .. postgres], "/"))!;
        ProcessId = _child.Id;
        try
        {
            if (!await WaitUntilReady(cancellationToken))
            {
                throw new EmbeddedPostgresException(
                    EmbeddedPostgresFailure.StartFailed, $"PostgreSQL did not start in {folder.Root}. {folder.Tail()}");
            }
        }
        catch
        {
            // The cause may be the caller's cancellation. The clean-up has its own limit.
            await Stop(immediate: true, CancellationToken.None);
            SocketFolder.Delete(Socket);
            throw;
        }

        Started(log, binaries.Major, ProcessId, folder.Root);
    }

    /// <summary>Ends the server and all its processes. Does nothing when the server has ended already.</summary>
    public async Task Stop(bool immediate, CancellationToken cancellationToken)
    {
        var steps = new[] { ("INT", TimeSpan.FromSeconds(options.StopSecondsMax)), ("QUIT", HardStopMax), ("KILL", HardStopMax) };
        foreach (var (signal, max) in steps.Skip(immediate ? 1 : 0))
        {
            if (!ServerProcesses.IsAlive(ProcessId))
            {
                break;
            }

            await _processes.Signal(signal, [ProcessId], cancellationToken);
            if (!await ServerProcesses.WaitForEnd(ProcessId, max, cancellationToken))
            {
                SlowStop(log, signal, max.TotalSeconds);
            }
        }

        await RemoveRemains(cancellationToken);
        Stopped(log, folder.Root);
    }

    /// <summary>Deletes the folder of the socket. Call it after the last stop.</summary>
    public void DeleteSocketFolder() => SocketFolder.Delete(Socket);

    public void Dispose() => _child?.Dispose();

    private async Task<bool> WaitUntilReady(CancellationToken cancellationToken)
    {
        while (ServerProcesses.IsAlive(ProcessId))
        {
            var file = PostmasterFile.Read(folder.PostmasterPath);
            if (file is { IsReady: true })
            {
                ProcessId = file.ProcessId;
                return true;
            }

            await Task.Delay(Poll, cancellationToken);
        }

        return false;
    }

    /// <summary>
    /// Removes what an ended server left. Its backends may still be ending, so they are ended first. A stale <c>postmaster.pid</c> may name
    /// a process id that another program uses now, and PostgreSQL would refuse to start; the file is deleted when no process works in the
    /// cluster.
    /// </summary>
    private async Task RemoveRemains(CancellationToken cancellationToken)
    {
        var left = PostmasterFile.Read(folder.PostmasterPath);
        foreach (var signal in new[] { "QUIT", "KILL" })
        {
            var orphans = await _processes.FindLive(knownId: null, cancellationToken);
            await _processes.Signal(signal, orphans, cancellationToken);
            foreach (var orphan in orphans)
            {
                await ServerProcesses.WaitForEnd(orphan, HardStopMax, cancellationToken);
            }
        }

        if ((await _processes.FindLive(knownId: null, cancellationToken)).Length > 0)
        {
            throw new EmbeddedPostgresException(
                EmbeddedPostgresFailure.TimedOut, $"Processes of an ended PostgreSQL still run in {folder.Cluster} and cannot be ended.");
        }

        if (left is not null)
        {
            Stale(log, left.ProcessId, folder.Root);
            File.Delete(folder.PostmasterPath);
        }

        // This process's own socket folder stays for the next launch, so that connection strings stay valid after a restart.
        SocketFolder.Clear(Socket);
        if (left is not null && left.SocketFolder != Socket)
        {
            SocketFolder.Delete(left.SocketFolder);
        }
    }
}
