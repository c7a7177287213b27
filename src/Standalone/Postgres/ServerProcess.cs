using System.Diagnostics;

namespace Scoring.Postgres;

/// <summary>The server process over one cluster: started, taken over, stopped. <c>postmaster.pid</c> says which it is.</summary>
internal sealed partial class ServerProcess(
    EmbeddedPostgresOptions options, ClusterFolder folder, PostgresBinaries binaries, ServerAccount account, ILogger log) : IDisposable
{
    // After an orderly stop has failed: time for an immediate one, then for the kernel's.
    private static readonly TimeSpan HardStopMax = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(20);

    private readonly ServerProcesses _processes = new(account, folder.Cluster);
    private Process? _child;

    public int ProcessId { get; private set; }

    public string Socket { get; private set; } = "";

    /// <summary>Takes over the server that a killed owner has left, or clears away its remains. True when one was taken over.</summary>
    public async Task<bool> Adopt(CancellationToken cancellationToken)
    {
        var left = PostmasterFile.Read(folder.PostmasterPath);
        var live = await _processes.FindLive(left?.ProcessId, cancellationToken);
        if (left is not null && live.Contains(left.ProcessId))
        {
            (ProcessId, Socket) = (left.ProcessId, left.SocketFolder);
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

        // A session of its own: Ctrl-C in a terminal is for us, we stop the server when nothing needs it any more. Its output goes to a
        // file, not to a pipe of ours, which would break with us.
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
            // The cause may be the caller's cancellation; the clean-up has its own maximum.
            await Stop(immediate: true, CancellationToken.None);
            SocketFolder.Delete(Socket);
            throw;
        }

        Started(log, binaries.Major, ProcessId, folder.Root);
    }

    /// <summary>Ends the server and every process of it; harmless when it has ended already.</summary>
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

    /// <summary>After the last stop.</summary>
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
    /// After a server's death: its backends may still be ending, and a process id in a stale file may by now be a stranger's, in which
    /// case PostgreSQL would refuse to start. The file goes only once no process works in the cluster.
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
                EmbeddedPostgresFailure.TimedOut, $"Processes of an ended PostgreSQL still work in {folder.Cluster} and cannot be ended.");
        }

        if (left is not null)
        {
            Stale(log, left.ProcessId, folder.Root);
            File.Delete(folder.PostmasterPath);
        }

        // Ours stays for the next launch, so that connection strings outlive a restart.
        SocketFolder.Clear(Socket);
        if (left is not null && left.SocketFolder != Socket)
        {
            SocketFolder.Delete(left.SocketFolder);
        }
    }
}
