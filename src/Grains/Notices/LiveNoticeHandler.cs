using System.Buffers.Binary;
using System.Security.Cryptography;
using Scoring.Enrolments;
using Scoring.Keys;
using Scoring.Ledger;

namespace Scoring.Notices;

/// <summary>Follows a subject's timeline as it grows. It reads only the ledger, so every notice is durable before it is sent.</summary>
internal sealed class LiveNoticeHandler(
    ILedger ledger, NoticeReader reader, NoticeWaiter waiter, NoticeBuilder builder, PlatformKeys keys)
{
    /// <summary>See <see cref="INoticeGrain.After"/>.</summary>
    public async Task<NoticeRun?> After(
        EnrolmentRecord enrolment, NoticeCursor? after, int count, bool waits, CancellationToken cancellationToken)
    {
        var name = NameOf(enrolment);
        if (after?.Enrolment is { } known && known != name) return null;
        if (await ledger.FindSubject(enrolment.Subject, cancellationToken) is not { } record) return null;
        using var deadline = waiter.Deadline(waits, cancellationToken);
        using var watch = waiter.Watch(enrolment.Subject);
        while (true)
        {
            var heads = waiter.Heads(record.Partition);
            var (lastAct, acts) = await reader.ActsAfter(enrolment, after?.Place.Act ?? long.MaxValue, count, cancellationToken);
            if (await reader.EntriesAfter(enrolment, after?.Place.Turn ?? long.MaxValue, count, cancellationToken) is not { } run)
                return null;
            if (after is not { Place: var place }) return new NoticeRun([], new NoticePlace(run.Last, lastAct), name, false);
            if (place.Turn > run.Last || place.Act > lastAct) return new NoticeRun([], NoticePlace.Start, name, true);
            var items = Timeline.Forwards(place, run.Entries, acts, count).ToArray();
            if (items is [.., { Place: var reached }]) return new NoticeRun([.. builder.Build(enrolment, items)], reached, name, false);
            if (!waits) return new NoticeRun([], place, name, false);
            try
            {
                // What lies between the place and the last turn has expired, so the wait is for a later turn.
                var last = new NoticePlace(run.Last, lastAct);
                if (!await waiter.WaitForGrowth(watch, record.Partition, heads, last, deadline.Token)) return null;
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                return new NoticeRun([], place, name, false);
            }
        }
    }

    /// <summary>The name is keyed, so it reveals nothing of the subject's number.</summary>
    private string NameOf(EnrolmentRecord enrolment)
    {
        var number = new byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(number, enrolment.Subject.Value);
        return keys.Reference(SHA256.HashData(number), 0).ToString("N");
    }
}
