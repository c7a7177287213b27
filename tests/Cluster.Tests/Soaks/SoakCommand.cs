using System.Globalization;
using System.Runtime.InteropServices;
using Scoring.Faults;

namespace Scoring.Soaks;

/// <summary>The command <c>soak</c> of this program, which <c>./test soak</c> calls.</summary>
internal static class SoakCommand
{
    private const string Help = """
        ./test soak MINUTES [--seed N] [--faults A,B] [--rate N] [--people N] [--silos N] [--gateways N]
                            [--overlap no] [--previous COMMIT] [--no-install]
          MINUTES              how long faults are injected; the start and the check at the end come on top
          --seed N             the seed of all random choices; by default a new one, which is printed first
          --faults A,B         inject these only, and try no installation; --faults list shows them all
          --rate N             the steady load in events a second (800)
          --people N           how many residents are enrolled (60)
          --silos N            how many silos run (3)
          --gateways N         how many gateways run (2)
          --overlap no         begin a fault only when every gateway is ready again
          --previous COMMIT    begin with the build of this commit; upgrade to this one and go back under load
          --no-install         try no installation into an empty Debian, which takes 25 minutes on top
        """;

    /// <summary>
    /// Runs the command; with <c>--check</c> before everything else it only reads the line. Returns the exit code: 0 passed, 1 failed, 2
    /// for a wrong command line.
    /// </summary>
    public static async Task<int> Run(string[] line)
    {
        if (line is ["--check", .. var rest]) return Read(rest) is null ? 2 : 0;
        using var cancelled = new CancellationTokenSource();
        // The processes, the network and the data go with the run, also when it is interrupted.
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Cancel);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Cancel);
        if (Read(line) is not { } options) return 2;
        SoakReport report;
        try
        {
            report = await new SoakRun(options, Console.WriteLine).Run(cancelled.Token);
        }
        catch (OperationCanceledException) when (cancelled.IsCancellationRequested)
        {
            Console.WriteLine("interrupted");
            return 1;
        }
        Console.WriteLine();
        if (options.Installation is { } installation) Console.WriteLine($"installation into an empty Debian: {installation}");
        foreach (var text in report.Lines()) Console.WriteLine(text);
        if (!report.HasPassed) Console.WriteLine($"The history is in {options.HistoryFile}.");
        return report.HasPassed ? 0 : 1;

        void Cancel(PosixSignalContext signal)
        {
            signal.Cancel = true;
            cancelled.Cancel();
        }
    }

    private static SoakOptions? Read(string[] line)
    {
        if (line is [] or ["--help"]) return Refuse("");
        if (line is [.., "--faults", "list"])
        {
            foreach (var fault in Fault.All) Console.WriteLine(fault.Name);
            return null;
        }
        if (!double.TryParse(line[0], CultureInfo.InvariantCulture, out var minutes) || minutes <= 0)
            return Refuse("MINUTES is a positive number.");
        var options = new SoakOptions(System.Security.Cryptography.RandomNumberGenerator.GetInt32(1, 1_000_000))
        {
            Duration = TimeSpan.FromMinutes(minutes),
        };
        foreach (var pair in line[1..].Chunk(2))
        {
            if (pair is not [var name, var value]) return Refuse($"{pair[0]} needs a value.");
            if (With(options, name, value) is not { } next) return Refuse($"{name} {value} is not understood.");
            options = next;
        }
        return options with
        {
            HistoryFile = Path.Combine(PlatformFolder(), "soak", $"history-{options.Seed}.jsonl"),
        };
    }

    private static SoakOptions? With(SoakOptions options, string name, string value)
    {
        var number = int.TryParse(value, CultureInfo.InvariantCulture, out var read) && read > 0 ? read : 0;
        return name switch
        {
            "--seed" when number > 0 => options with { Seed = number },
            "--rate" when number > 0 => options with { EventsPerSecond = number },
            "--people" when number > 0 => options with { People = number },
            "--silos" when number > 0 => options with { Silos = number },
            "--gateways" when number > 0 => options with { Gateways = number },
            "--overlap" when value is "no" or "yes" => options with { MayOverlap = value == "yes" },
            "--previous-build" => options with { PreviousBuild = value },
            "--installation" => options with { Installation = value },
            "--faults" when Faults(value) is { } faults => options with { Faults = faults },
            _ => null,
        };
    }

    private static Fault[]? Faults(string names)
    {
        var faults = names.Split(',').Select(name => Fault.All.SingleOrDefault(fault => fault.Name == name)).ToArray();
        return faults.Contains(null) ? null : [.. faults.OfType<Fault>()];
    }

    /// <summary>The folder with everything that is built, which holds what a run leaves.</summary>
    private static string PlatformFolder() => Path.GetDirectoryName(Cluster.PlatformProcess.OwnBuild)!;

    private static SoakOptions? Refuse(string why)
    {
        if (why.Length > 0) Console.Error.WriteLine(why);
        Console.Error.WriteLine(Help);
        return null;
    }
}
