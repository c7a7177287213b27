using System.Diagnostics;
using Scoring.City;

namespace Scoring.Bench.Neutral;

/// <summary>
/// Asks in random order, each question at a random moment of the ticks' period: asked straight after an answer, that is at a tick, every
/// question would have a whole period to be done in and no difference would show.
/// </summary>
public sealed class AnswerTimer(HttpClient http, int parallel)
{
    private const double TickMs = 50;

    /// <summary>How long each answer took, in milliseconds, by family and name.</summary>
    public async Task<IReadOnlyDictionary<(string Family, string Name), double[]>> Measure(
        IReadOnlyList<RequestKind> kinds, int count, CancellationToken cancellationToken)
    {
        var draw = new Random(20261124);
        (RequestKind Kind, int Number)[] all =
            [.. kinds.SelectMany(kind => Enumerable.Range(0, Math.Min(count, kind.CountMax)).Select(n => (kind, n)))];
        draw.Shuffle(all);
        double[] pauses = [.. all.Select(_ => draw.NextDouble() * TickMs)];
        var (next, took) = (-1, new double[all.Length]);
        await Task.WhenAll(Enumerable.Range(0, parallel).Select(_ => Task.Run(
            async () =>
            {
                while (Interlocked.Increment(ref next) is var i && i < all.Length)
                {
                    await Task.Delay(TimeSpan.FromMilliseconds(pauses[i]), cancellationToken);
                    took[i] = await Measure(all[i].Kind, all[i].Number, cancellationToken);
                }
            },
            cancellationToken)));
        return all.Zip(took).GroupBy(pair => (pair.First.Kind.Family, pair.First.Kind.Name), pair => pair.Second)
            .ToDictionary(group => group.Key, group => group.ToArray());
    }

    private async Task<double> Measure(RequestKind kind, int number, CancellationToken cancellationToken)
    {
        using var request = kind.Request(number);
        var since = Stopwatch.GetTimestamp();
        if (kind.Delay > TimeSpan.Zero) await Task.Delay(kind.Delay, cancellationToken);
        using var answer = await http.SendAsync(request, cancellationToken);
        var text = await answer.Content.ReadAsStringAsync(cancellationToken);
        var took = Stopwatch.GetElapsedTime(since).TotalMilliseconds;
        if (!answer.IsSuccessStatusCode || !text.Contains(kind.Expected, StringComparison.Ordinal))
            throw new CityException($"{kind.Family}:{kind.Name} was answered with {(int)answer.StatusCode} {text}");
        return took;
    }
}
