using Microsoft.Extensions.Options;
using Scoring.Ledger;
using Scoring.Subjects;

namespace Scoring.Notices;

/// <summary>
/// Waits until a subject's timeline may have grown. The heads of its partition and of partition 0 say when to read the ledger. Take them
/// before each read: then a commit during the read ends the next wait. A watch on the subject ends the wait sooner.
/// </summary>
internal sealed class NoticeWaiter(ILedgerHeads heads, NoticePoller poller, SubjectGrowth growth, IOptions<NoticeOptions> options)
{
    private const int ActsPartition = 0;

    /// <summary>The heads that a timeline depends on.</summary>
    /// <param name="Own">The head of the subject's partition.</param>
    /// <param name="Acts">The head of the partition of administrative actions.</param>
    internal readonly record struct TimelineHeads(long Own, long Acts);

    /// <summary>Returns the current heads for a subject's partition.</summary>
    public TimelineHeads Heads(int partition) => new(heads.Head(partition), heads.Head(ActsPartition));

    /// <summary>Begins to watch a subject. Begin before the first read, and dispose of the watch when the call ends.</summary>
    public SubjectWatch Watch(SubjectId subject) => growth.Watch(subject);

    /// <summary>Makes a source that is cancelled with the token, and past the greatest wait if there is a wait at all.</summary>
    public CancellationTokenSource Deadline(bool waits, CancellationToken cancellationToken)
    {
        var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        if (waits) deadline.CancelAfter(TimeSpan.FromSeconds(options.Value.WaitSeconds));
        return deadline;
    }

    /// <summary>
    /// Waits until there are turns or action numbers after those given. Returns <see langword="false"/> when the subject has left.
    /// </summary>
    /// <exception cref="OperationCanceledException">The deadline has passed.</exception>
    public async Task<bool> WaitForGrowth(
        SubjectWatch watch, int partition, TimelineHeads before, NoticePlace last, CancellationToken deadline)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline);
        var noted = watch.Past(last.Turn);
        var polled = PollForGrowth(watch.Subject, partition, before, last, either.Token);
        if (await Task.WhenAny(noted, polled) == polled) return await polled;
        await either.CancelAsync();
        await ((Task)polled).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        return true;
    }

    private async Task<bool> PollForGrowth(
        SubjectId subject, int partition, TimelineHeads before, NoticePlace last, CancellationToken deadline)
    {
        while (true)
        {
            await WaitForHeads(partition, before, deadline);
            before = Heads(partition);
            var (lastAct, lastTurn) = await poller.ReadReach(subject, deadline);
            if (lastTurn is null) return false;
            if (lastTurn > last.Turn || lastAct > last.Act) return true;
        }
    }

    private async Task WaitForHeads(int partition, TimelineHeads before, CancellationToken deadline)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline);
        var own = heads.Past(partition, before.Own, either.Token).AsTask();
        var acts = heads.Past(ActsPartition, before.Acts, either.Token).AsTask();
        var first = await Task.WhenAny(own, acts);
        await either.CancelAsync();
        await first;
    }
}
