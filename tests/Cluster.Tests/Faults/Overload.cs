using System.Globalization;
using Scoring.Histories;
using Scoring.Loads;

namespace Scoring.Faults;

/// <summary>
/// Sends events at three times the rate that the cluster sustains, for a minute. It must answer 429 or 503 and keep its memory, and reach
/// its full rate again within ten seconds.
/// </summary>
internal sealed class Overload : Fault
{
    private const int Times = 3;

    // Answers wait up to a second for their planned release, which must not bound what is measured as sustained.
    private const int SustainedBatchEvents = 250;
    private const int SustainedSenders = 128;

    // Smaller ones, because requests and not events take the places of a gateway.
    private const int OverloadBatchEvents = 50;
    private const int ParallelMax = 3000;
    private const double FullRate = 0.8;
    private const long MemoryBytesMax = 2L * 1024 * 1024 * 1024;
    private static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan Sample = TimeSpan.FromSeconds(6);
    private static readonly TimeSpan Lasts = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan RecoveryMax = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan RecoverySample = TimeSpan.FromSeconds(2);

    public override string Name => "overload";

    public override int Weight => 1;

    public override async Task<string> Inject(FaultContext context, CancellationToken cancellationToken)
    {
        var sustained = await Rate(context, Sample, cancellationToken);
        var memoryBefore = Memory(context);
        var refused = await Send(context, (int)(Times * sustained), cancellationToken);
        var memory = Memory(context);
        var ended = context.Target.History.Now;
        TimeSpan? recovered = null;
        while (recovered is null && context.Target.History.Now - ended < RecoveryMax)
        {
            var rate = await Rate(context, RecoverySample, cancellationToken);
            if (rate >= FullRate * sustained) recovered = context.Target.History.Now - ended;
        }
        if (recovered is null) context.Fail($"overload: the full rate was not reached again within {RecoveryMax.TotalSeconds} s.");
        if (refused == 0) context.Fail("overload: nothing was answered with 429 or 503.");
        if (memory > MemoryBytesMax) context.Fail(Text($"overload: a member took {memory >> 20} MiB."));
        context.Note(Text($"overload: {sustained:0} events a second are sustained, {Times} times as many were sent, ")
            + Text($"{refused} batches got 429 or 503, full rate again after {recovered?.TotalSeconds ?? double.NaN:0.0} s, ")
            + Text($"greatest memory {memoryBefore >> 20} MiB before and {memory >> 20} MiB at the end"));
        return Text($"the cluster, {Times * sustained:0} events a second");
    }

    /// <summary>Sends at a rate without waiting for answers. Returns how many batches were answered with 429 or 503.</summary>
    private static async Task<int> Send(FaultContext context, int eventsPerSecond, CancellationToken cancellationToken)
    {
        using var beat = new PeriodicTimer(Beat);
        var history = context.Target.History;
        var from = history.Now;
        var sending = new List<Task>();
        var busy = 0;
        for (var due = 0L; history.Now - from < Lasts;)
        {
            await beat.WaitForNextTickAsync(cancellationToken);
            sending.RemoveAll(task => task.IsCompletedSuccessfully);
            for (var until = (history.Now - from).TotalSeconds * eventsPerSecond / OverloadBatchEvents; due < until; due++)
            {
                if (sending.Count == ParallelMax) continue;
                // To make a batch takes longer than its share of the time, so several are made concurrently.
                sending.Add(Task.Run(SendOne, cancellationToken));
            }
        }
        await Task.WhenAll(sending);
        return busy;

        async Task SendOne()
        {
            var ending = await context.Load.SendOnce(OverloadBatchEvents, cancellationToken);
            if (ending.Outcome == Outcome.Busy) Interlocked.Increment(ref busy);
        }
    }

    /// <summary>Sends as fast as answers come. Returns the acknowledged events a second.</summary>
    private static async Task<double> Rate(FaultContext context, TimeSpan sample, CancellationToken cancellationToken)
    {
        var history = context.Target.History;
        var from = history.Now;
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        stop.CancelAfter(sample);
        await context.Load.RunAtMost(SustainedSenders, SustainedBatchEvents, stop.Token, cancellationToken);
        var took = history.Now - from;
        return history.Sends.Where(send => send.Outcome == Outcome.Done && send.To >= from && send.Count == SustainedBatchEvents)
            .Sum(send => send.Count) / took.TotalSeconds;
    }

    private static long Memory(FaultContext context) => context.Cluster.Members.Max(member => member.ResidentBytes);

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
