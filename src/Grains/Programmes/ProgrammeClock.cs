namespace Scoring.Programmes;

/// <summary>
/// The clock of programmes: for days of scores, handles' starts and the validity of answers. It differs from the machine's clock only in
/// Development, where a city's past may be replayed day by day. Tokens and proofs always use the machine's clock.
/// </summary>
public sealed class ProgrammeClock(TimeProvider time)
{
    /// <summary>The current instant, in UTC.</summary>
    public DateTimeOffset Now => time.GetUtcNow();
}
