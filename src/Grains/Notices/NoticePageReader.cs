using Scoring.Enrolments;

namespace Scoring.Notices;

/// <summary>The timeline, newest first, page by page.</summary>
internal sealed class NoticePageReader(INoticeLedger ledger, NoticeReader reading, NoticeBuilder writing)
{
    public async Task<NoticesOutcome> Read(EnrolmentRecord enrolment, NoticePlace? below, int count)
    {
        var (belowTurn, belowAct) = below is { } place ? (place.Turn, place.Act) : (long.MaxValue, long.MaxValue);
        var (lastAct, acts) = await reading.ActsBelow(enrolment, belowAct, count + 1, CancellationToken.None);
        var entries = await ledger.EntriesBelow(enrolment.Subject, belowTurn, count + Timeline.LookBack, CancellationToken.None);
        if (entries is null) return new NoticesOutcome(null, NoticesRefusal.SubjectUnknown);
        if (below is not null && (belowTurn - 1 > entries.Last || belowAct - 1 > lastAct))
            return new NoticesOutcome(null, NoticesRefusal.PlaceAhead);
        var (told, next) = Timeline.Backwards(entries.Entries, acts, count);
        return new NoticesOutcome(new NoticesPage([.. writing.Build(enrolment, told)], next?.ToString()), null);
    }
}
