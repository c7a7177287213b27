using System.Globalization;

namespace Scoring.Supervision;

/// <summary>What systemd tells a process about its watchdog (sd_watchdog_enabled(3)).</summary>
internal static class WatchdogInterval
{
    private const string Microseconds = "WATCHDOG_USEC";
    private const string Process = "WATCHDOG_PID";

    /// <summary>
    /// Returns the longest time between two signs of life; <see langword="null"/> when systemd expects none from this process.
    /// </summary>
    public static TimeSpan? FromEnvironment() =>
        Parse(Environment.GetEnvironmentVariable(Microseconds), Environment.GetEnvironmentVariable(Process), Environment.ProcessId);

    /// <summary>The same for given texts and the id of this process.</summary>
    internal static TimeSpan? Parse(string? microseconds, string? process, int own)
    {
        if (!long.TryParse(microseconds, NumberStyles.None, CultureInfo.InvariantCulture, out var interval) || interval == 0) return null;
        var isOurs = string.IsNullOrEmpty(process) || process == own.ToString(CultureInfo.InvariantCulture);
        return isOurs ? TimeSpan.FromMicroseconds(interval) : null;
    }
}
