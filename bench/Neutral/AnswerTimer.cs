using System.Diagnostics;
using Scoring.City;

namespace Scoring.Bench.Neutral;

/// <summary>
/// Measures how long answers take. Requests are sent in random order, each at a random moment of the period of the ticks. A request that is
/// sent directly after an answer, at a tick, has a whole period to complete in, so no difference would show.
/// </summary>
public sealed class AnswerTimer(HttpClient http, int parallel)
{
    private const double PauseMsMax = 50;

    private readonly long _from = Stopwatch.GetTimestamp();

    /// <summary>Sends a number of requests of each kind. Returns the answers by family and name.</summary>
    public async Task<IReadOnlyDictionary<(string Family, string Name), TimedAnswer[]>> Measure(
        IReadOnlyList<RequestKind> kinds, int count, CancellationToken cancellationToken)
    {
        var draw = new Random(20261124);
        (RequestKind Kind, int Number)[] requests =
            [.. kinds.SelectMany(kind => Enumerable.Range(0, Math.Min(count, kind.CountMax)).Select(n => (kind, n)))];
        draw.Shuffle(requests);
        double[] pauses = [.. requests.Select(_ => draw.NextDouble() * PauseMsMax)];
        var next = -1;
        var answers = new TimedAnswer[requests.Length];
        await Task.WhenAll(Enumerable.Range(0, parallel).Select(_ => Task.Run(
            async () =>
            {
                while (Interlocked.Increment(ref next) is var i && i < requests.Length)
                {
                    await Task.Delay(TimeSpan.FromMilliseconds(pauses[i]), cancellationToken);
                    answers[i] = await Measure(requests[i].Kind, requests[i].Number, cancellationToken);
                }
            },
            cancellationToken)));
        return requests.Zip(answers).GroupBy(pair => (pair.First.Kind.Family, pair.First.Kind.Name), pair => pair.Second)
            .ToDictionary(group => group.Key, group => group.ToArray());
    }

    private async Task<TimedAnswer> Measure(RequestKind kind, int number, CancellationToken cancellationToken)
    {
        using var request = kind.Request(number);
        var startedAt = Stopwatch.GetTimestamp();
        if (kind.Delay > TimeSpan.Zero) await Task.Delay(kind.Delay, cancellationToken);
        using var answer = await http.SendAsync(request, cancellationToken);
        var text = await answer.Content.ReadAsStringAsync(cancellationToken);
        var took = Stopwatch.GetElapsedTime(startedAt).TotalMilliseconds;
        if (!answer.IsSuccessStatusCode || !text.Contains(kind.Expected, StringComparison.Ordinal))
            throw new CityException($"{kind.Family}:{kind.Name} was answered with status {(int)answer.StatusCode}: {text}");
        return new TimedAnswer(Stopwatch.GetElapsedTime(_from, startedAt).TotalMilliseconds, took);
    }
}
