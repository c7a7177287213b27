using System.Globalization;

namespace Scoring.Processes;

/// <summary>
/// The clock of one process, apart from the machine's. libfaketime answers the process's questions for the time; its timers follow the
/// monotonic clock and are not changed.
/// </summary>
internal sealed class OwnClock
{
    private readonly string _file;

    public OwnClock(string file)
    {
        _file = file;
        Set(TimeSpan.Zero);
    }

    /// <summary>Why this machine cannot have one; <see langword="null"/> when it can.</summary>
    public static string? WhyNot => Library is null ? "it needs libfaketime" : null;

    /// <summary>
    /// The settings of the process. The last one passes the end of a wait on by the monotonic clock as it is; without it libfaketime
    /// 0.9.10 ends each such wait at once, and the runtime's threads spin.
    /// </summary>
    public (string Name, string Value)[] Settings =>
    [
        ("LD_PRELOAD", Library!), ("FAKETIME_TIMESTAMP_FILE", _file), ("FAKETIME_CACHE_DURATION", "1"),
        ("FAKETIME_DONT_FAKE_MONOTONIC", "1"), ("DONT_FAKE_MONOTONIC", "1"), ("FAKETIME_FORCE_MONOTONIC_FIX", "0"),
    ];

    private static string? Library =>
        new[] { "/usr/lib", "/usr/lib64" }.Where(Directory.Exists)
            .SelectMany(folder => Directory.EnumerateDirectories(folder).Append(folder))
            .Select(folder => Path.Combine(folder, "faketime", "libfaketimeMT.so.1")).FirstOrDefault(File.Exists);

    /// <summary>Sets how far the clock is ahead of the machine's; a negative time for behind. It holds within a second.</summary>
    public void Set(TimeSpan ahead)
    {
        var next = _file + ".next";
        File.WriteAllText(next, ahead.TotalSeconds.ToString("+0;-0", CultureInfo.InvariantCulture) + "\n");
        File.Move(next, _file, overwrite: true);
    }
}
