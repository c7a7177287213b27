using Scoring.Faults;
using Scoring.Histories;
using Scoring.Loads;

namespace Scoring.Soaks;

/// <summary>Injects one fault under load, and measures how long subjects and sources wait.</summary>
internal sealed class FaultRunner(FaultContext context, QueryLoad queries)
{
    private const int Sample = 20;
    private const int ProbeEvents = 25;
    private static readonly TimeSpan ProbeInterval = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan RecoveryMax = TimeSpan.FromSeconds(60);

    private readonly List<Task> _probes = [];

    /// <summary>Waits until everything that was sent to measure has ended.</summary>
    public Task Ended() => Task.WhenAll(_probes);

    /// <summary>Injects a fault and waits until the platform serves again. Returns what was measured.</summary>
    public async Task<Recovery> Inject(Fault fault, CancellationToken cancellationToken)
    {
        var history = context.Target.History;
        var from = history.Now;
        var injected = fault.Inject(context, cancellationToken);
        if (fault.StopsEverything) await injected; // Before that, nothing is served.
        var since = fault.StopsEverything ? history.Now : from;
        var events = Measure(Accepted(since, cancellationToken), since);
        var answers = Measure(Answered(), since);
        var target = await injected;
        var ended = history.Now;
        history.Add(new FaultOperation(fault.Name, target, from, ended, fault.Staleness));
        var recovery = new Recovery(fault.Name, target, from, ended - from, await answers, await events);
        if (recovery.Answers is null) context.Fail($"{fault.Name}: no answer for every subject within {RecoveryMax.TotalSeconds} s.");
        if (recovery.Events is null) context.Fail($"{fault.Name}: no event was acknowledged within {RecoveryMax.TotalSeconds} s.");
        await fault.Confirm(context, cancellationToken);
        return recovery;

        async Task<TimeSpan> Answered()
        {
            using var max = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            max.CancelAfter(RecoveryMax);
            return await queries.UntilAnswered(Sample, max.Token);
        }

        async Task<TimeSpan?> Measure(Task<TimeSpan> end, TimeSpan start)
        {
            try
            {
                return await end - start;
            }
            catch (Exception exception) when (exception is TimeoutException or OperationCanceledException
                && !cancellationToken.IsCancellationRequested)
            {
                return null;
            }
        }
    }

    private async Task<TimeSpan> Accepted(TimeSpan since, CancellationToken cancellationToken)
    {
        // All places of the steady load may be taken by requests that hang since before, so some more are sent.
        using var max = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        max.CancelAfter(RecoveryMax);
        using var beat = new PeriodicTimer(ProbeInterval);
        var accepted = context.Target.History.FirstAcknowledgedSince(since);
        while (!accepted.IsCompleted)
        {
            _probes.Add(context.Load.SendOnce(ProbeEvents, cancellationToken));
            await Task.WhenAny(accepted, beat.WaitForNextTickAsync(max.Token).AsTask());
            max.Token.ThrowIfCancellationRequested();
        }
        return await accepted;
    }
}

/// <summary>How long clients waited after a fault.</summary>
/// <param name="Fault">The kind of fault.</param>
/// <param name="Target">What it was done to.</param>
/// <param name="At">When it was injected, since the start of the history.</param>
/// <param name="Lasted">How long its cause lasted, until what was ended served again.</param>
/// <param name="Answers">
/// The time until each subject of a sample was answered once; <see langword="null"/> when one was not answered within the limit.
/// </param>
/// <param name="Events">The time until a batch was acknowledged that was sent after the fault; <see langword="null"/> for none.</param>
internal sealed record Recovery(string Fault, string Target, TimeSpan At, TimeSpan Lasted, TimeSpan? Answers, TimeSpan? Events);
