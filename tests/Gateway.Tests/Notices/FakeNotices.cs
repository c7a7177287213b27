using System.Collections.Immutable;
using System.Text;
using Scoring.Enrolments;
using Scoring.Hosting;

namespace Scoring.Notices;

/// <summary>Fakes the notice grain of one subject: pages are set, and waiting calls return when a test releases them.</summary>
internal sealed class FakeNotices : INoticeGrain, INoticeStreamGrain
{
    private readonly Lock _gate = new();
    private readonly Queue<NoticeRun?> _runs = [];
    private TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public static Notice Query { get; } = new(
        "7-3", 7, null, "queried", new DateOnly(2026, 11, 23), "City Parking asked for the score.", null,
        new AccessNotice(Some.Instant, "parking", "City Parking", "Discounts", "parking@city.example", "ref"),
        Encoding.UTF8.GetBytes("{\"service\":\"parking\"}"));

    public static Notice Event { get; } = new(
        "8-3", 8, null, "event", new DateOnly(2026, 11, 22), "Camera sent an event.",
        new EventNotice(
            "traffic.speeding", Some.Source, Encoding.UTF8.GetBytes("{\"overLimitKmh\":12}"), 1,
            [new NoticePoints("speeding", "Speeding takes points.", -5)]),
        null, Encoding.UTF8.GetBytes("{\"data\":{\"overLimitKmh\":12}}"));

    public static Notice Act { get; } = new(
        "8-4", null, 4, "published", new DateOnly(2026, 11, 24), "A version was published.", null, null, Encoding.UTF8.GetBytes("{}"));

    public NoticesOutcome Outcome { get; set; } = new(new NoticesPage([Act, Event, Query], "7-4"), null);

    public (NoticePlace? Below, int Count) Page { get; private set; }

    public NoticePlace End { get; set; } = new(7, 3);

    public bool Restarts { get; set; }

    /// <summary>The exception that the next waiting call throws in place of an answer.</summary>
    public Exception? Fault { get; set; }

    /// <summary>The cursor of each call, in order.</summary>
    public List<NoticeCursor?> Cursors { get; } = [];

    /// <summary>The number of calls that currently wait.</summary>
    public int Waiting { get; private set; }

    public Task<NoticesOutcome> Read(OwnSubject own, NoticePlace? below, int count)
    {
        Page = (below, count);
        return Task.FromResult(own == FakeEnrolment.Own ? Outcome : new NoticesOutcome(null, NoticesRefusal.SubjectUnknown));
    }

    /// <summary>Releases a waiting call with these notices.</summary>
    public void Release(params ImmutableArray<Notice> notices)
    {
        NoticePlace.TryParse(notices[^1].Id, out var at).ShouldBeTrue();
        Answer(new NoticeRun(notices, at, "e1", false));
    }

    /// <summary>Releases a waiting call with the answer that the subject has withdrawn.</summary>
    public void Withdraw() => Answer(null);

    public async Task<NoticeRun?> After(OwnSubject own, NoticeCursor? after, int count, bool waits, CancellationToken cancellationToken)
    {
        lock (_gate) Cursors.Add(after);
        if (own != FakeEnrolment.Own) return null;
        if (!waits) return new NoticeRun([], Restarts ? NoticePlace.Start : after?.Place ?? End, "e1", Restarts);
        if (Fault is { } fault) throw fault;
        Waiting++;
        try
        {
            while (true)
            {
                Task next;
                lock (_gate)
                {
                    if (_runs.TryDequeue(out var run)) return run;
                    if (_released.Task.IsCompleted) _released = new(TaskCreationOptions.RunContinuationsAsynchronously);
                    next = _released.Task;
                }

                await next.WaitAsync(cancellationToken);
            }
        }
        finally
        {
            Waiting--;
        }
    }

    private void Answer(NoticeRun? run)
    {
        lock (_gate)
        {
            _runs.Enqueue(run);
            _released.TrySetResult();
        }
    }
}
