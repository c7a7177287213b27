using System.Diagnostics;
using System.Globalization;

namespace Scoring.Bench.Sealing;

/// <summary>Processor time of this process and of a PostgreSQL, those of its backends included that have ended.</summary>
/// <param name="folder">Somewhere in it lies the PostgreSQL's data folder.</param>
public sealed class ProcessorTime(string folder)
{
    private const double TicksPerSecond = 100; // USER_HZ, the same on every Linux that .NET runs on

    private readonly int _postmaster = int.Parse(
        File.ReadLines(Directory.EnumerateFiles(folder, "postmaster.pid", SearchOption.AllDirectories).Single()).First(),
        CultureInfo.InvariantCulture);

    /// <summary>So far, in seconds.</summary>
    public double Seconds
    {
        get
        {
            using var own = Process.GetCurrentProcess();
            return own.TotalProcessorTime.TotalSeconds + (Postgres() / TicksPerSecond);
        }
    }

    private long Postgres()
    {
        var total = Ticks(_postmaster, andEnded: true);
        foreach (var process in Directory.EnumerateDirectories("/proc"))
        {
            if (!int.TryParse(Path.GetFileName(process), NumberStyles.None, CultureInfo.InvariantCulture, out var id)) continue;
            if (Fields(id) is { } fields && int.Parse(fields[1], CultureInfo.InvariantCulture) == _postmaster) total += Ticks(id, false);
        }
        return total;
    }

    private static long Ticks(int id, bool andEnded) => Fields(id) is { } fields
        ? fields[11..(andEnded ? 15 : 13)].Sum(ticks => long.Parse(ticks, CultureInfo.InvariantCulture))
        : 0;

    /// <summary>Fields of /proc/N/stat from the third, the state, on.</summary>
    private static string[]? Fields(int id)
    {
        try
        {
            var line = File.ReadAllText($"/proc/{id}/stat");
            return line[(line.LastIndexOf(')') + 2)..].Split(' ');
        }
        catch (IOException)
        {
            return null; // it has ended meanwhile
        }
    }
}
