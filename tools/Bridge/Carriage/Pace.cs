using System.Security.Cryptography;

namespace Scoring.Bridge.Carriage;

/// <summary>
/// Slows all batches down together when the platform is busy or away: as long as its answer asks for, and otherwise twice as long after
/// each failure in a row.
/// </summary>
internal sealed class Pace(TimeSpan backoffMax, TimeSpan retryAfterMax, TimeProvider time)
{
    private static readonly TimeSpan First = TimeSpan.FromMilliseconds(250);

    private readonly Lock _lock = new();
    private DateTimeOffset _until = DateTimeOffset.MinValue;
    private int _failures;

    /// <summary>How many pauses there were.</summary>
    public long Pauses { get; private set; }

    /// <summary>Whether the last batch that was tried was not decided.</summary>
    public bool IsHolding
    {
        get
        {
            lock (_lock) return _failures > 0;
        }
    }

    /// <summary>Waits until a batch may be sent.</summary>
    public async Task Wait(CancellationToken cancellationToken)
    {
        while (true)
        {
            TimeSpan rest;
            lock (_lock) rest = _until - time.GetUtcNow();
            cancellationToken.ThrowIfCancellationRequested();
            if (rest <= TimeSpan.Zero) return;
            await Task.Delay(rest, time, cancellationToken);
        }
    }

    /// <summary>Begins a pause. Returns whether it is the first one in a row.</summary>
    /// <param name="retryAfter">What the platform asks for, if anything.</param>
    public bool Hold(TimeSpan? retryAfter)
    {
        lock (_lock)
        {
            var backoff = First * Math.Pow(2, Math.Min(_failures, 20));
            if (backoff > backoffMax) backoff = backoffMax;
            backoff *= 0.75 + (RandomNumberGenerator.GetInt32(256) / 1024.0); // so that bridges do not return together
            var asked = retryAfter is { } wait && wait > TimeSpan.Zero ? wait : TimeSpan.Zero;
            if (asked > retryAfterMax) asked = retryAfterMax;
            var until = time.GetUtcNow() + (asked > backoff ? asked : backoff);
            if (until > _until) _until = until;
            Pauses++;
            return _failures++ == 0;
        }
    }

    /// <summary>Says that the platform has decided about a batch. Returns whether a pause is over by that.</summary>
    public bool Resume()
    {
        lock (_lock)
        {
            var wasHolding = _failures > 0;
            _failures = 0;
            return wasHolding;
        }
    }
}
