using System.Diagnostics;
using System.Globalization;

namespace Scoring.Bench.Measuring;

/// <summary>Measures the processor time of processes, and of a PostgreSQL with its running and its ended backends.</summary>
/// <param name="folder">A folder above the PostgreSQL's data folder.</param>
public sealed class ProcessorTime(string folder)
{
    private const double TicksPerSecond = 100; // USER_HZ, the same on every Linux that .NET runs on

    private readonly int _postmaster = int.Parse(
        File.ReadLines(Directory.EnumerateFiles(folder, "postmaster.pid", SearchOption.AllDirectories).Single()).First(),
        CultureInfo.InvariantCulture);

    /// <summary>Returns the processor time of this process and PostgreSQL so far. The client's is not known here.</summary>
    public ProcessorUse Read()
    {
        using var own = Process.GetCurrentProcess();
        return new ProcessorUse(0, own.TotalProcessorTime.TotalSeconds, Postgres());
    }

    /// <summary>Returns the processor time of a process so far, in seconds; 0 when it has ended.</summary>
    public static double Of(int process) => Ticks(process, withEnded: false) / TicksPerSecond;

    /// <summary>Returns the processor time of PostgreSQL so far, in seconds.</summary>
    public double Postgres()
    {
        var total = Ticks(_postmaster, withEnded: true);
        foreach (var process in Directory.EnumerateDirectories("/proc"))
        {
            if (!int.TryParse(Path.GetFileName(process), NumberStyles.None, CultureInfo.InvariantCulture, out var id)) continue;
            if (Fields(id) is { } fields && int.Parse(fields[1], CultureInfo.InvariantCulture) == _postmaster) total += Ticks(id, false);
        }
        return total / TicksPerSecond;
    }

    private static long Ticks(int id, bool withEnded) => Fields(id) is { } fields
        ? fields[11..(withEnded ? 15 : 13)].Sum(ticks => long.Parse(ticks, CultureInfo.InvariantCulture))
        : 0;

    /// <summary>Returns the fields of /proc/N/stat from the third, the state; <see langword="null"/> when the process has ended.</summary>
    private static string[]? Fields(int id)
    {
        try
        {
            var line = File.ReadAllText($"/proc/{id}/stat");
            return line[(line.LastIndexOf(')') + 2)..].Split(' ');
        }
        catch (IOException)
        {
            return null;
        }
    }
}
