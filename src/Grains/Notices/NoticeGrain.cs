using Orleans.Concurrency;
using Scoring.Enrolments;

namespace Scoring.Notices;

/// <summary>See <see cref="INoticeGrain"/>. It is reentrant because most of its calls wait.</summary>
[GrainType("notice"), Reentrant, StatelessWorker]
internal sealed class NoticeGrain(OwnEnrolmentReader enrolments, NoticePageReader pages, LiveNoticeHandler live) : Grain, INoticeGrain
{
    public async Task<NoticesOutcome> Read(OwnSubject own, NoticePlace? below, int count) =>
        await enrolments.Find(own) is { } enrolment
            ? await pages.Read(enrolment, below, Math.Clamp(count, 1, NoticesPage.CountMax))
            : new NoticesOutcome(null, NoticesRefusal.SubjectUnknown);

    public async Task<NoticeRun?> After(OwnSubject own, NoticeCursor? after, int count, bool waits, CancellationToken cancellationToken) =>
        await enrolments.Find(own) is { } enrolment
            ? await live.After(enrolment, after, Math.Clamp(count, 1, NoticesPage.CountMax), waits, cancellationToken)
            : null;
}
