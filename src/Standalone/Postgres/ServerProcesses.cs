using System.Diagnostics;
using System.Globalization;

namespace Scoring.Postgres;

/// <summary>
/// Finds and signals the processes of a cluster. It finds them by their working folder, because another program may use an old process id.
/// </summary>
internal sealed class ServerProcesses(ServerAccount account, string cluster)
{
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(20);

    // Runs as the account, because in a container root may not read other accounts' processes. The shell's working folder is the cluster
    // too.
    private const string Scan = """
        for p in /proc/[0-9]*; do
          [ "$p/cwd" -ef . ] && read -r name <"$p/comm" && case $name in postgres|postmaster) echo "${p#/proc/}";; esac
        done 2>/dev/null
        exit 0
        """;

    /// <summary>
    /// Returns the process ids of the server and its backends. Without /proc it can check only whether <paramref name="knownId"/> is alive.
    /// </summary>
    public async Task<int[]> FindLive(int? knownId, CancellationToken cancellationToken)
    {
        if (!Directory.Exists("/proc/self"))
        {
            return knownId is { } id && IsAlive(id) ? [id] : [];
        }

        var answer = await account.Run(cluster, cancellationToken, "sh", "-c", Scan);
        return [.. answer.Output
            .Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(line => int.Parse(line, CultureInfo.InvariantCulture))];
    }

    public async Task Signal(string signal, IEnumerable<int> ids, CancellationToken cancellationToken)
    {
        foreach (var id in ids)
        {
            // The process may have ended meanwhile, which is no error.
            await account.Run(
                "/", cancellationToken, "sh", "-c", "kill -s \"$0\" \"$1\"", signal, id.ToString(CultureInfo.InvariantCulture));
        }
    }

    /// <summary>Waits until the process ends; <see langword="false"/> when it does not end in time.</summary>
    public static async Task<bool> WaitForEnd(int id, TimeSpan max, CancellationToken cancellationToken)
    {
        var startedAt = TimeProvider.System.GetTimestamp();
        while (IsAlive(id))
        {
            if (TimeProvider.System.GetElapsedTime(startedAt) > max)
            {
                return false;
            }

            await Task.Delay(Poll, cancellationToken);
        }

        return true;
    }

    /// <summary>
    /// Whether the process runs. A zombie counts as ended: where process 1 does not reap its children, an adopted server stays a zombie.
    /// </summary>
    public static bool IsAlive(int id)
    {
        try
        {
            if (Directory.Exists("/proc/self"))
            {
                var stat = File.ReadAllText($"/proc/{id}/stat");
                return stat[stat.LastIndexOf(')') + 2] is not ('Z' or 'X');
            }

            using var process = Process.GetProcessById(id);
            return !process.HasExited;
        }
        catch (Exception exception) when (exception is IOException or ArgumentException or InvalidOperationException)
        {
            return false;
        }
    }
}
