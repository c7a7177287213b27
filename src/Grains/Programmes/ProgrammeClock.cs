namespace Scoring.Programmes;

/// <summary>
/// The clock that programmes run by: days of scores, handles' starts, validity of answers. Apart from the machine's only in development,
/// where a city's past may be replayed day by day; tokens and proofs always go by the machine's clock.
/// </summary>
public sealed class ProgrammeClock(TimeProvider time)
{
    /// <summary>Now, in UTC.</summary>
    public DateTimeOffset Now => time.GetUtcNow();
}
