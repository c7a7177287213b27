using System.Buffers.Binary;
using System.Security.Cryptography;
using Microsoft.Extensions.Options;
using Scoring.Enrolments;
using Scoring.Keys;
using Scoring.Ledger;

namespace Scoring.Notices;

/// <summary>
/// The timeline as it grows. It reads the ledger and nothing else, so nothing is told before it is durable; the heads only say when to
/// look. They are remembered before each look, so what is committed behind the look's back wakes the next.
/// </summary>
internal sealed class LiveNoticeHandler(
    ILedger subjects, INoticeLedger ledger, ILedgerHeads heads, NoticeReader reading, NoticePoller looks, NoticeBuilder writing,
    PlatformKeys keys, IOptions<NoticeOptions> options)
{
    private const int ActsPartition = 0;

    /// <summary>See <see cref="INoticeGrain.After"/>.</summary>
    public async Task<NoticeRun?> After(
        EnrolmentRecord enrolment, NoticeCursor? after, int count, bool waits, CancellationToken cancellationToken)
    {
        var name = NameOf(enrolment);
        if (after?.Enrolment is { } known && known != name) return null;
        if (await subjects.FindSubject(enrolment.Subject, cancellationToken) is not { } record) return null;
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        if (waits) over.CancelAfter(TimeSpan.FromSeconds(options.Value.WaitSeconds));
        while (true)
        {
            var seen = new Heads(heads.Head(record.Partition), heads.Head(ActsPartition));
            var (lastAct, acts) = await reading.ActsAfter(enrolment, after?.Place.Act ?? long.MaxValue, count, cancellationToken);
            if (await ledger.EntriesAfter(enrolment.Subject, after?.Place.Turn ?? long.MaxValue, count, cancellationToken) is not { } run)
                return null;
            if (after is not { Place: var place }) return new NoticeRun([], new NoticePlace(run.Last, lastAct), name, false);
            if (place.Turn > run.Last || place.Act > lastAct) return new NoticeRun([], NoticePlace.Start, name, true);
            var told = Timeline.Forwards(place, run.Entries, acts, count).ToArray();
            if (told is [.., { Place: var reached }]) return new NoticeRun([.. writing.Build(enrolment, told)], reached, name, false);
            if (!waits) return new NoticeRun([], place, name, false);
            try
            {
                if (!await Grown(record, seen, place.Turn, lastAct, over.Token)) return null;
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                return new NoticeRun([], place, name, false);
            }
        }
    }

    /// <summary>Waits until there may be something to tell; <see langword="false"/> when the subject has left.</summary>
    private async Task<bool> Grown(SubjectRecord record, Heads seen, long turn, long act, CancellationToken over)
    {
        while (true)
        {
            await Moved(record.Partition, seen, over);
            seen = new Heads(heads.Head(record.Partition), heads.Head(ActsPartition));
            var (lastAct, lastTurn) = await looks.ReadReach(record.Subject, over);
            if (lastTurn is null) return false;
            if (lastTurn > turn || lastAct > act) return true;
        }
    }

    private async Task Moved(int partition, Heads seen, CancellationToken over)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(over);
        var own = heads.Past(partition, seen.Own, either.Token).AsTask();
        var common = heads.Past(ActsPartition, seen.Common, either.Token).AsTask();
        var first = await Task.WhenAny(own, common);
        await either.CancelAsync();
        await first;
    }

    /// <summary>Keyed, so that it says nothing of the subject's number.</summary>
    private string NameOf(EnrolmentRecord enrolment)
    {
        var number = new byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(number, enrolment.Subject.Value);
        return keys.Reference(SHA256.HashData(number), 0).ToString("N");
    }

    private readonly record struct Heads(long Own, long Common);
}
