using Scoring.Enrolments;
using Scoring.Hosting;
using Scoring.Ledger;
using Scoring.Programmes;
using Scoring.Subjects;
using Scoring.Testing;

namespace Scoring.Notices;

/// <summary>A city in which Anna has enrolled, with the calls for her notices.</summary>
internal sealed class NoticeCity(TestCity city) : IAsyncDisposable
{
    private const string Anna = "anna-pairwise-sub";

    public static readonly OwnSubject Own = new(Anna, TestProgrammes.Vehicles, 0);

    private long _streams;

    public TestCity City => city;

    public MemoryLedger Ledger => city.Ledger;

    public SubjectId Subject { get; private set; }

    public INoticeGrain Notices => city.Grains.GetGrain<INoticeGrain>(0);

    /// <summary>The reader of a new stream.</summary>
    public INoticeStreamGrain Stream => city.Grains.GetGrain<INoticeStreamGrain>(++_streams);

    public IEnrolmentGrain Enrolments => city.Grains.GetGrain<IEnrolmentGrain>(0);

    public static async Task<NoticeCity> Start(int silos = 1, params (string Name, string Value)[] settings)
    {
        var started = new NoticeCity(await TestCity.Start(
            silos, settings.ToDictionary(setting => setting.Name, string? (setting) => setting.Value)));
        await started.Enrol();
        return started;
    }

    public async Task Enrol(string handle = "a-handle-1234567")
    {
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        var proof = TestProgrammes.Proof(new
        {
            handle, programme = Own.Programme.Value, sub = Anna, iss = TestProgrammes.SourceId, iat = now, exp = now + 600,
        });
        var set = TestProgrammes.Documents.VersionsOf(Own.Programme)[0].RuleSet;
        (await Enrolments.Enrol(Anna, new EnrolRequest(Own.Programme, set.Hash, [proof]))).Enrolled.ShouldNotBeNull();
        Subject = Ledger.OnlySubject;
    }

    public async Task<NoticeRun> Run(string after, int count = 100, bool waits = false)
    {
        NoticePlace.TryParse(after, out var place).ShouldBeTrue();
        return (await Stream.After(Own, new NoticeCursor(place, null), count, waits, CancellationToken.None)).ShouldNotBeNull();
    }

    public Task<NoticeRun?> Wait(NoticePlace place, CancellationToken cancellationToken = default) =>
        Stream.After(Own, new NoticeCursor(place, null), 100, waits: true, cancellationToken);

    public async Task<NoticePlace> End() =>
        (await Stream.After(Own, null, 100, waits: false, CancellationToken.None)).ShouldNotBeNull().At;

    public async Task<NoticesPage> Page(string? below = null, int count = 100)
    {
        NoticePlace place = default;
        if (below is not null) NoticePlace.TryParse(below, out place).ShouldBeTrue();
        return (await Notices.Read(Own, below is null ? null : place, count)).Page.ShouldNotBeNull();
    }

    public long Record(string act, ProgrammeId? programme, int daysAgo = 0, string? details = null) =>
        Ledger.Record(act, programme, city.Clock.GetUtcNow().AddDays(-daysAgo), details);

    public ValueTask DisposeAsync() => city.DisposeAsync();
}
