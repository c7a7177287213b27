namespace Scoring.Bench.Measuring;

/// <summary>Processor time in seconds, by who used it.</summary>
/// <param name="Client">The load process; 0 when the client is in the platform's process.</param>
/// <param name="Platform">The platform's process.</param>
/// <param name="Database">PostgreSQL.</param>
public readonly record struct ProcessorUse(double Client, double Platform, double Database)
{
    /// <summary>The sum.</summary>
    public double Total => Client + Platform + Database;

    /// <summary>What was used between two moments.</summary>
    public static ProcessorUse operator -(ProcessorUse later, ProcessorUse before) =>
        new(later.Client - before.Client, later.Platform - before.Platform, later.Database - before.Database);

    /// <summary>The sum of two uses.</summary>
    public static ProcessorUse operator +(ProcessorUse one, ProcessorUse other) =>
        new(one.Client + other.Client, one.Platform + other.Platform, one.Database + other.Database);

    /// <summary>Returns the time of one of a number of things.</summary>
    public ProcessorUs Per(long count) => new(Us(Client, count), Us(Platform, count), Us(Database, count));

    private static double Us(double seconds, long count) => Math.Round(seconds * 1e6 / Math.Max(1, count), 1);
}

/// <summary>Processor time of one thing, in microseconds.</summary>
/// <param name="Client">The load process.</param>
/// <param name="Platform">The platform's process.</param>
/// <param name="Database">PostgreSQL.</param>
public sealed record ProcessorUs(double Client, double Platform, double Database);
