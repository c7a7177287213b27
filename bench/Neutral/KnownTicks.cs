namespace Scoring.Bench.Neutral;

/// <summary>
/// Takes out of the times of answers what the ticks of the platform put in, as an observer can who has seen enough answers: they end at
/// the ticks. When a request is sent within a period decides how long its answer waits, which is some ten milliseconds of chance. Without
/// it a difference shows in far fewer answers.
/// </summary>
public sealed class KnownTicks
{
    private const int EndsAround = 21; // from which the ticks of a moment are known; they shift when the platform was late by a period
    private const int AnswersAround = 41; // with which an answer is compared: those sent at about the same moment of a period

    private readonly double _periodMs;
    private readonly double[] _ended;
    private readonly double[] _shifts; // of the ticks, at each end
    private readonly double[] _moments;
    private readonly double[] _spans; // from the tick before a request to its answer, by the moment of the request

    /// <summary>Learns the ticks from answers of all kinds alike.</summary>
    /// <param name="answers">The answers, at least one.</param>
    /// <param name="periodMs">A multiple of the period of the ticks, in milliseconds.</param>
    public KnownTicks(IEnumerable<TimedAnswer> answers, double periodMs)
    {
        _periodMs = periodMs;
        var byEnd = answers.OrderBy(answer => answer.EndedMs).ToArray();
        _ended = [.. byEnd.Select(answer => answer.EndedMs)];
        _shifts = [.. byEnd.Select((_, i) => Shift(Around(_ended, i, EndsAround)))];
        var byMoment = byEnd.Select(Locate).OrderBy(place => place.Moment).ToArray();
        _moments = [.. byMoment.Select(place => place.Moment)];
        _spans = [.. byMoment.Select(place => place.Span)];
    }

    /// <summary>
    /// Returns how much longer each answer took than the median of those sent at the same moment of a period, in milliseconds.
    /// </summary>
    public double[] Later(IEnumerable<TimedAnswer> answers) =>
        [.. answers.Select(Locate).Select(place => place.Span - Usual(place.Moment))];

    /// <summary>Returns when a request was sent and when its answer was there, both counted from the tick before the request.</summary>
    private (double Moment, double Span) Locate(TimedAnswer answer)
    {
        var at = Array.BinarySearch(_ended, answer.EndedMs);
        var shift = _shifts[Math.Clamp(at < 0 ? ~at : at, 0, _shifts.Length - 1)];
        var moment = Modulo(answer.SentMs - shift);
        return (moment, moment + answer.TookMs);
    }

    private double Usual(double moment)
    {
        var at = Array.BinarySearch(_moments, moment);
        double[] around = [.. Around(_spans, at < 0 ? ~at : at, AnswersAround)];
        Array.Sort(around);
        return around[around.Length / 2];
    }

    /// <summary>The mean of times that repeat with the period: the mean direction on a circle.</summary>
    private double Shift(ReadOnlySpan<double> times)
    {
        var sin = 0.0;
        var cos = 0.0;
        foreach (var time in times)
        {
            var angle = time / _periodMs * 2 * Math.PI;
            sin += Math.Sin(angle);
            cos += Math.Cos(angle);
        }
        return Math.Atan2(sin, cos) / (2 * Math.PI) * _periodMs;
    }

    private static ReadOnlySpan<double> Around(double[] values, int at, int count)
    {
        var from = Math.Clamp(at - (count / 2), 0, Math.Max(0, values.Length - count));
        return values.AsSpan(from, Math.Min(count, values.Length - from));
    }

    private double Modulo(double time) => time - (Math.Floor(time / _periodMs) * _periodMs);
}
