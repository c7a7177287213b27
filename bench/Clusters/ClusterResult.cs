using System.Globalization;
using Scoring.Bench.Measuring;

namespace Scoring.Bench.Clusters;

/// <summary>The result of the bench.</summary>
/// <param name="Bench">The name of the bench.</param>
/// <param name="Cores">How many processors silos, gateway, database and client share.</param>
/// <param name="Subjects">How many subjects are enrolled and active.</param>
/// <param name="Phases">What was measured with each number of silos.</param>
public sealed record ClusterResult(string Bench, int Cores, int Subjects, IReadOnlyList<ClusterPhase> Phases)
{
    /// <summary>Writes the figures as a table for people.</summary>
    public void Write(TextWriter to) => Table.Write(
        to,
        [
            "phase", "per second", "ratio", "p50 ms", "p99 ms", "forwarded", "fallen back", "µs: client", "gateway", "silos", "each",
            "database",
        ],
        [.. Phases.Select(phase => (IReadOnlyList<string>)
        [
            phase.Phase, Text(phase.PerSecond, "N0"), Text(phase.Ratio, "0.00"), Text(phase.MsP50, "N1"), Text(phase.MsP99, "N1"),
            Text(phase.Forwarded, "0.00"), Text(phase.FallenBack, "N0"), Text(phase.CpuUs.Client, "N1"), Text(phase.CpuUs.Gateway, "N1"),
            Text(phase.CpuUs.Silos.Sum(), "N1"), string.Join('+', phase.CpuUs.Silos.Select(silo => Text(silo, "N1"))),
            Text(phase.CpuUs.Database, "N1"),
        ])]);

    private static string Text(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}

/// <summary>One kind of work with one number of silos.</summary>
/// <param name="Phase">The work and the number of silos.</param>
/// <param name="Silos">How many silos.</param>
/// <param name="Count">How many events or queries.</param>
/// <param name="PerSecond">Events or queries per second, until the last answer.</param>
/// <param name="Ratio">The same, divided by that of this work with the first number of silos.</param>
/// <param name="MsP50">The median time of a request, in milliseconds.</param>
/// <param name="MsP99">The 99th percentile of the time of a request, in milliseconds.</param>
/// <param name="Forwarded">The share of rows that a silo gave to another one, the owner of their partition: 0 to 1.</param>
/// <param name="FallenBack">How many rows a silo wrote because the owner of their partition did not answer.</param>
/// <param name="CpuUs">The processor time of an event or query, in microseconds.</param>
public sealed record ClusterPhase(
    string Phase, int Silos, int Count, double PerSecond, double Ratio, double MsP50, double MsP99, double Forwarded, long FallenBack,
    ClusterUs CpuUs);

/// <summary>Processor time of one event or query by process, in microseconds.</summary>
/// <param name="Client">The load process.</param>
/// <param name="Gateway">The gateway.</param>
/// <param name="Silos">Each silo.</param>
/// <param name="Database">PostgreSQL.</param>
public sealed record ClusterUs(double Client, double Gateway, IReadOnlyList<double> Silos, double Database)
{
    internal static ClusterUs Of(ClusterReading before, ClusterReading after, int count)
    {
        return new ClusterUs(
            Us(after.Client - before.Client), Us(after.Gateway - before.Gateway),
            [.. after.Silos.Zip(before.Silos, (later, earlier) => Us(later - earlier))], Us(after.Database - before.Database));

        double Us(double seconds) => Math.Round(seconds * 1e6 / Math.Max(1, count), 1);
    }
}
