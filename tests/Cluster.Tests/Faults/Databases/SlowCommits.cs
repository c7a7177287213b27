using System.Diagnostics;
using System.Globalization;

namespace Scoring.Faults.Databases;

/// <summary>
/// Stops the processes of PostgreSQL for up to half a second, again and again, for some seconds. Each commit takes that much longer, as on
/// a disk that is slow to write through. The disk itself is not slower, and reads wait too.
/// </summary>
internal sealed class SlowCommits : Fault
{
    public override string Name => "postgres-slow";

    public override async Task<string> Inject(FaultContext context, CancellationToken cancellationToken)
    {
        var history = context.Target.History;
        var until = history.Now + TimeSpan.FromSeconds(5 + context.Draw.Next(15));
        var bursts = 0;
        for (; history.Now < until; bursts++)
        {
            int[] processes = [.. Children(context.Cluster.Postgres.ServerProcessId)];
            await Signal("STOP", processes);
            try
            {
                await context.Wait(0.1, 0.5, cancellationToken);
            }
            finally
            {
                await Signal("CONT", processes);
            }
            await context.Wait(0.02, 0.1, cancellationToken);
        }
        return string.Create(CultureInfo.InvariantCulture, $"PostgreSQL, {bursts} times");
    }

    private static IEnumerable<int> Children(int parent)
    {
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            if (!int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out var id)) continue;
            string stat;
            try
            {
                stat = File.ReadAllText(Path.Combine(folder, "stat"));
            }
            catch (IOException)
            {
                continue; // it has ended meanwhile
            }
            // The fields after the name, which ends with the last bracket: state, parent.
            if (int.Parse(stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[1], CultureInfo.InvariantCulture) == parent) yield return id;
        }
    }

    private static async Task Signal(string signal, int[] processes)
    {
        if (processes.Length == 0) return;
        var line = processes.Select(id => id.ToString(CultureInfo.InvariantCulture));
        // A process that has ended meanwhile is no error.
        using var kill = Process.Start(new ProcessStartInfo("kill", ["-s", signal, .. line]) { RedirectStandardError = true })!;
        await kill.StandardError.ReadToEndAsync();
        await kill.WaitForExitAsync();
    }
}
