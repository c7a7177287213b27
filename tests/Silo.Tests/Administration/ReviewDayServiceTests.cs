using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Scoring.Programmes;
using Scoring.Storage;

namespace Scoring.Administration;

public sealed class ReviewDayServiceTests(PostgresServer server) : IAsyncLifetime
{
    private static readonly DateOnly ReviewBy = new(2026, 9, 30);

    // Midday in the programme's zone, on the last day that the assessment holds.
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 9, 30, 19, 0, 0, TimeSpan.Zero));
    private LedgerStage _stage = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private ReviewDayService ReviewDays => new(
        _stage.Programmes, new ProgrammeClock(_time), Options.Create(new ProgrammeOptions()), _stage.Steps);

    public async ValueTask InitializeAsync()
    {
        _stage = await LedgerStage.OpenEmpty(server);
        await _stage.PublishFirst(Versions.Of(1, reviewBy: ReviewBy));
    }

    public ValueTask DisposeAsync() => _stage.DisposeAsync();

    [Fact]
    public async Task The_day_after_its_review_day_a_programme_is_suspended_once_by_the_platform()
    {
        await ReviewDays.Check(Cancel);
        (await IsSuspended()).ShouldBeFalse("the assessment still holds on its review day");
        _time.Advance(TimeSpan.FromDays(1));
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => ReviewDays.Check(Cancel)));
        (await IsSuspended()).ShouldBeTrue();
        var act = (await Record()).ShouldHaveSingleItem();
        (act.By, act.Words[0]).ShouldBe(("platform", "The impact assessment held until 2026-09-30 and has not been renewed."));

        await _stage.Programmes.SetSuspended(Some.Programme, false, Versions.Act(AdminActions.Resumed, Some.Programme), Cancel);
        _time.Advance(TimeSpan.FromDays(30));
        await ReviewDays.Check(Cancel);
        (await IsSuspended()).ShouldBeFalse("two administrators resumed it after the review day");
    }

    [Fact]
    public async Task A_version_in_force_with_a_later_review_day_counts_and_one_to_come_does_not()
    {
        await _stage.Programmes.Publish(
            Versions.Of(2, new DateOnly(2026, 11, 1), new DateOnly(2026, 12, 1)), Versions.Act(AdminActions.Published, Some.Programme),
            Cancel);
        _time.Advance(TimeSpan.FromDays(1));
        await ReviewDays.Check(Cancel);
        (await IsSuspended()).ShouldBeTrue("the second version is not in force yet");
        await _stage.Programmes.SetSuspended(Some.Programme, false, Versions.Act(AdminActions.Resumed, Some.Programme), Cancel);
        _time.Advance(TimeSpan.FromDays(45));
        await ReviewDays.Check(Cancel);
        (await IsSuspended()).ShouldBeFalse();
        _time.Advance(TimeSpan.FromDays(45));
        await ReviewDays.Check(Cancel);
        (await IsSuspended()).ShouldBeTrue("its own review day has passed");
        (await Record()).Count.ShouldBe(2);
    }

    [Fact]
    public async Task An_ended_programme_is_left_alone()
    {
        await _stage.Programmes.EndProgramme(Some.Programme, Versions.Act(AdminActions.Ended, Some.Programme), Cancel);
        _time.Advance(TimeSpan.FromDays(90));
        await ReviewDays.Check(Cancel);
        (await Record()).ShouldBeEmpty();
    }

    private async Task<bool> IsSuspended() => (await _stage.Programmes.Read(Cancel)).Suspended.Contains(Some.Programme);

    private async Task<List<RecordedAdminAction>> Record() =>
        [.. (await _stage.Programmes.ReadRecord(Some.Programme, 0, 100, Cancel)).Where(act => act.Act == AdminActions.Suspended)];
}
