using System.Diagnostics;
using System.Globalization;

namespace Scoring.Postgres;

/// <summary>The live processes of a cluster, found by their working folder: a process id alone may long belong to somebody else.</summary>
internal sealed class ServerProcesses(ServerAccount account, string cluster)
{
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(20);

    // Runs as the account, because in a container root may not look at the processes of others. The shell itself sits in the folder too.
    private const string Scan = """
        for p in /proc/[0-9]*; do
          [ "$p/cwd" -ef . ] && read -r name <"$p/comm" && case $name in postgres|postmaster) echo "${p#/proc/}";; esac
        done 2>/dev/null
        exit 0
        """;

    /// <summary>The server and its backends. Without /proc only the <paramref name="knownId"/> one can be told, by being alive.</summary>
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
            // A process that has just ended is no error.
            await account.Run(
                "/", cancellationToken, "sh", "-c", "kill -s \"$0\" \"$1\"", signal, id.ToString(CultureInfo.InvariantCulture));
        }
    }

    /// <summary>True when the process ended in time.</summary>
    public static async Task<bool> WaitForEnd(int id, TimeSpan max, CancellationToken cancellationToken)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (IsAlive(id))
        {
            if (TimeProvider.System.GetElapsedTime(began) > max)
            {
                return false;
            }

            await Task.Delay(Poll, cancellationToken);
        }

        return true;
    }

    /// <summary>A zombie counts as ended: where process 1 reaps nobody, an adopted server stays one for ever.</summary>
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
