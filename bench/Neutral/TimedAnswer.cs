namespace Scoring.Bench.Neutral;

/// <summary>One answer.</summary>
/// <param name="SentMs">When its request was sent, in milliseconds of the bench's clock.</param>
/// <param name="TookMs">How long it took, in milliseconds.</param>
public readonly record struct TimedAnswer(double SentMs, double TookMs)
{
    /// <summary>When it was there, in milliseconds of the same clock.</summary>
    public double EndedMs => SentMs + TookMs;
}
