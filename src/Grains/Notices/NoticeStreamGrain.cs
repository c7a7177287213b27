using Scoring.Enrolments;

namespace Scoring.Notices;

/// <summary>See <see cref="INoticeStreamGrain"/>.</summary>
[GrainType("notice-stream")]
internal sealed class NoticeStreamGrain(OwnEnrolmentReader enrolments, LiveNoticeHandler live) : Grain, INoticeStreamGrain
{
    public async Task<NoticeRun?> After(OwnSubject own, NoticeCursor? after, int count, bool waits, CancellationToken cancellationToken)
    {
        var isOver = true;
        try
        {
            if (await enrolments.Find(own) is not { } enrolment) return null;
            var run = await live.After(enrolment, after, Math.Clamp(count, 1, NoticesPage.CountMax), waits, cancellationToken);
            isOver = run is null;
            return run;
        }
        finally
        {
            if (isOver) DeactivateOnIdle();
        }
    }
}
