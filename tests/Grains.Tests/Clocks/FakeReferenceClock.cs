using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Scoring.Background;

namespace Scoring.Clocks;

/// <summary>A database whose clock is any clock, for example that of the same machine.</summary>
internal sealed class FakeReferenceClock(TimeProvider database) : IReferenceClock
{
    public DateTimeOffset? NewestCheckpoint { get; set; }

    /// <summary>Called while the clock is read.</summary>
    public Action? OnRead { get; set; }

    public Task<ReferenceTime> Read(CancellationToken cancellationToken)
    {
        var now = database.GetUtcNow();
        OnRead?.Invoke();
        return Task.FromResult(new ReferenceTime(now, NewestCheckpoint));
    }

    /// <summary>A guard whose machine also runs the database.</summary>
    public static ClockGuard Guard(TimeProvider machine) => Guard(machine, new FakeReferenceClock(machine));

    public static ClockGuard Guard(
        TimeProvider machine, FakeReferenceClock reference, ClockOptions? options = null, ILogger<ClockGuard>? log = null) =>
        new(reference, Options.Create(options ?? new ClockOptions()), machine, log ?? NullLogger<ClockGuard>.Instance);

    /// <summary>A runner that waits by a clock; the machine's by default.</summary>
    public static BackgroundStepRunner Steps(
        TimeProvider? machine = null, ClockGuard? guard = null, ILogger<BackgroundStepRunner>? log = null) => new(
        guard ?? Guard(TimeProvider.System), Options.Create(new BackgroundOptions()), machine ?? TimeProvider.System,
        log ?? NullLogger<BackgroundStepRunner>.Instance);
}
