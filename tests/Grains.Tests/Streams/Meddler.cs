using System.Collections.Concurrent;
using System.Collections.Immutable;
using Scoring.Ledger;
using Scoring.Subjects;

namespace Scoring.Streams;

/// <summary>Stands between partition and subjects: sees every delivery, and may lose, repeat, hold back or shuffle what it holds.</summary>
public sealed class Meddler : IIncomingGrainCallFilter
{
    private readonly ConcurrentDictionary<SubjectId, long> _taken = new();
    private TaskCompletionSource _next = New();

    /// <summary>What becomes of a delivery.</summary>
    public Func<ImmutableArray<Entry>, ImmutableArray<Entry>>? Policy { get; set; }

    /// <summary>Awaited before a delivery is taken.</summary>
    public Func<SubjectId, Task>? Before { get; set; }

    /// <summary>The last turn that a subject was handed and had taken in.</summary>
    public long Taken(SubjectId subject) => _taken.GetValueOrDefault(subject);

    /// <summary>Waits for a condition on what was taken, looked at after every delivery; at most half a minute.</summary>
    public async Task Until(Func<bool> condition, string what)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (true)
        {
            var next = Volatile.Read(ref _next).Task;
            if (condition()) return;
            await next.WaitAsync(limit.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (limit.IsCancellationRequested) throw new TimeoutException($"In vain waited until {what}.");
        }
    }

    public async Task Invoke(IIncomingGrainCallContext context)
    {
        if (context.MethodName != nameof(ISubjectGrain.Deliver))
        {
            await context.Invoke();
            return;
        }
        var entries = (ImmutableArray<Entry>)context.Request.GetArgument(0)!;
        if (Before is { } before) await before(entries[0].Subject);
        if (Policy is { } policy) context.Request.SetArgument(0, policy(entries));
        await context.Invoke();
        if (entries.Length > 0) _taken[entries[0].Subject] = entries[^1].Turn;
        Interlocked.Exchange(ref _next, New()).SetResult();
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
