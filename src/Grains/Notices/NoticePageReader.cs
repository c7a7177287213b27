using Scoring.Enrolments;

namespace Scoring.Notices;

/// <summary>Reads a subject's timeline page by page, newest first.</summary>
internal sealed class NoticePageReader(NoticeReader reader, NoticeBuilder builder)
{
    public async Task<NoticesOutcome> Read(EnrolmentRecord enrolment, NoticePlace? below, int count)
    {
        var place = below ?? new NoticePlace(long.MaxValue, long.MaxValue);
        var (lastAct, acts) = await reader.ActsBelow(enrolment, place.Act, count + 1, CancellationToken.None);
        var entries = await reader.EntriesBelow(enrolment, place.Turn, count + Timeline.LookBack, CancellationToken.None);
        if (entries is null) return new NoticesOutcome(null, NoticesRefusal.SubjectUnknown);
        if (below is not null && (place.Turn - 1 > entries.Last || place.Act - 1 > lastAct))
            return new NoticesOutcome(null, NoticesRefusal.PlaceAhead);
        var (items, next) = Timeline.Backwards(entries.Entries, acts, count);
        return new NoticesOutcome(new NoticesPage([.. builder.Build(enrolment, items)], next?.ToString()), null);
    }
}
