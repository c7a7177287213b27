using System.Collections.Concurrent;
using System.Collections.Immutable;
using Scoring.Subjects;

namespace Scoring.Ledger;

/// <summary>Intercepts every delivery from a partition to a subject. A test may drop, repeat, delay or shuffle its entries.</summary>
public sealed class DeliveryInterceptor : IIncomingGrainCallFilter
{
    private readonly ConcurrentDictionary<SubjectId, long> _taken = new();
    private TaskCompletionSource _next = New();
    private int _cancelled;

    /// <summary>Changes the entries of a delivery.</summary>
    public Func<ImmutableArray<Entry>, ImmutableArray<Entry>>? Policy { get; set; }

    /// <summary>Awaited before a delivery reaches its subject.</summary>
    public Func<SubjectId, Task>? Before { get; set; }

    /// <summary>Awaited before a subject, or a decoy, answers with a score.</summary>
    public Func<Task>? BeforeScore { get; set; }

    /// <summary>The number of calls that ended in a grain because they were cancelled.</summary>
    public int Cancelled => Volatile.Read(ref _cancelled);

    /// <summary>The last turn of the last delivery that a subject has taken.</summary>
    public long Taken(SubjectId subject) => _taken.GetValueOrDefault(subject);

    /// <summary>Waits at most 30 seconds for a condition, which it checks after every delivery.</summary>
    public async Task Until(Func<bool> condition, string what)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (true)
        {
            var next = Volatile.Read(ref _next).Task;
            if (condition()) return;
            await next.WaitAsync(limit.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (limit.IsCancellationRequested) throw new TimeoutException($"Timed out while waiting until {what}.");
        }
    }

    public async Task Invoke(IIncomingGrainCallContext context)
    {
        if (context.MethodName == nameof(ISubjectGrain.ScoreBelow) && BeforeScore is { } beforeScore) await beforeScore();
        if (context.MethodName != nameof(ISubjectGrain.Deliver))
        {
            try
            {
                await context.Invoke();
            }
            catch (OperationCanceledException)
            {
                Interlocked.Increment(ref _cancelled);
                throw;
            }
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
