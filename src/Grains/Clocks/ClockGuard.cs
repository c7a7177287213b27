using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Scoring.Clocks;

/// <summary>
/// Decides whether this machine's clock may be trusted for work that cannot be undone. It compares the clock with the database's clock,
/// with the time that has passed since the process started, and once with the newest checkpoint. It never looks at the clock of programmes,
/// which Development may set.
/// </summary>
public sealed partial class ClockGuard
{
    private readonly IReferenceClock _reference;
    private readonly ClockOptions _options;
    private readonly TimeProvider _machine;
    private readonly ILogger _log;
    private readonly Lock _gate = new();
    private readonly DateTimeOffset _startedAt;
    private readonly long _startedTimestamp;
    private bool _hasAcceptedGap;
    private volatile ClockFault _fault;

    /// <summary>Measures jumps from now on.</summary>
    public ClockGuard(IReferenceClock reference, IOptions<ClockOptions> options, TimeProvider machine, ILogger<ClockGuard> log)
    {
        _reference = reference;
        _options = options.Value;
        _machine = machine;
        _log = log;
        _startedAt = machine.GetUtcNow();
        _startedTimestamp = machine.GetTimestamp();
    }

    /// <summary>Whether the last comparison found a fault, or the clock has jumped ahead since. It reads no other clock.</summary>
    public bool IsSuspect => _fault != ClockFault.None || Jump() > Limit;

    private TimeSpan Limit => TimeSpan.FromSeconds(_options.DifferenceSecondsMax);

    /// <summary>Compares the clocks; returns whether irreversible work may be done. A change of the answer is logged.</summary>
    public async Task<bool> IsTrusted(CancellationToken cancellationToken)
    {
        var (ahead, now, checkpoint) = await Compare(cancellationToken);
        lock (_gate)
        {
            var jump = Jump();
            var (fault, by) = jump > Limit ? (ClockFault.Jumped, jump)
                : ahead.Duration() > Limit ? (ClockFault.DatabaseDiffers, ahead)
                : GapTo(checkpoint, now) is { } gap ? (ClockFault.UnconfirmedGap, gap)
                : (ClockFault.None, TimeSpan.Zero);
            if (fault == ClockFault.None) _hasAcceptedGap = true;
            if (fault == _fault) return fault == ClockFault.None;
            _fault = fault;
            if (fault == ClockFault.None) LogTrusted(_log);
            else LogNotTrusted(_log, fault, (long)by.TotalSeconds);
            return fault == ClockFault.None;
        }
    }

    /// <summary>
    /// Returns by how much this machine's clock is ahead of the database's, negative when it is behind; <see langword="null"/> when the
    /// difference is within <see cref="ClockOptions.DifferenceSecondsMax"/>.
    /// </summary>
    public async Task<TimeSpan?> FindDifference(CancellationToken cancellationToken) =>
        await Compare(cancellationToken) is var (ahead, _, _) && ahead.Duration() > Limit ? ahead : null;

    /// <summary>The read lasts, so the database's instant may be anywhere between the two instants around it.</summary>
    private async Task<(TimeSpan Ahead, DateTimeOffset Now, DateTimeOffset? Checkpoint)> Compare(CancellationToken cancellationToken)
    {
        var before = _machine.GetUtcNow();
        var (database, checkpoint) = await _reference.Read(cancellationToken);
        var after = _machine.GetUtcNow();
        var ahead = before > database ? before - database : after < database ? after - database : TimeSpan.Zero;
        return (ahead, after, checkpoint);
    }

    /// <summary>
    /// Returns by how much the clock is ahead of where it would be if it had only run since the process started. A clock that was set back
    /// makes nothing happen too early, so it is no fault, and it may return to where it was.
    /// </summary>
    private TimeSpan Jump() => _machine.GetUtcNow() - _startedAt - _machine.GetElapsedTime(_startedTimestamp);

    /// <summary>
    /// Returns the time from the newest checkpoint to now when it is too long and not confirmed. It is compared until it was accepted once:
    /// later the process measures time itself, and a sealer that fails must not hold other work.
    /// </summary>
    private TimeSpan? GapTo(DateTimeOffset? checkpoint, DateTimeOffset now) =>
        !_hasAcceptedGap && now - checkpoint is { } gap && gap > TimeSpan.FromHours(_options.GapHoursMax)
            && !(_options.ConfirmedUntil >= now)
            ? gap
            : null;

    [LoggerMessage(2801, LogLevel.Error, "The clock of this machine is not trusted: {Fault}, by {Seconds} s. Irreversible work is held")]
    private static partial void LogNotTrusted(ILogger logger, ClockFault fault, long seconds);

    [LoggerMessage(2802, LogLevel.Information, "The clock of this machine is trusted again")]
    private static partial void LogTrusted(ILogger logger);
}

/// <summary>Why a clock is not trusted.</summary>
public enum ClockFault
{
    /// <summary>It is trusted.</summary>
    None,

    /// <summary>It differs from the database's clock.</summary>
    DatabaseDiffers,

    /// <summary>It has jumped ahead while the process ran.</summary>
    Jumped,

    /// <summary>At the start of the process it was far ahead of the newest checkpoint.</summary>
    UnconfirmedGap,
}
