using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Scoring.Checkpoints;
using Scoring.Contests;
using Scoring.Ledger;
using Scoring.Programmes;
using Scoring.Storage;
using Scoring.Testing;

namespace Scoring.Metrics;

public sealed class BacklogReaderTests(PostgresServer server) : IAsyncLifetime
{
    private readonly FakeTimeProvider _time = new(TimeProvider.System.GetUtcNow());

    private readonly string _folder = Directory.CreateTempSubdirectory("scoring-erasures-").FullName;

    private LedgerStage _stage = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _stage = await LedgerStage.Open(server, erasures: _folder);

    public async ValueTask DisposeAsync()
    {
        await _stage.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task It_measures_open_erasures_overdue_contests_and_what_is_not_sealed()
    {
        var (leaving, _) = await _stage.Enrol();
        var (owner, turns) = await _stage.Enrol(Guid.NewGuid(), Guid.NewGuid());
        using var measured = new MeasureListener();
        var reader = NewReader();
        await Read(reader);
        measured.Last("scoring.erasures.open").ShouldBe(0);
        measured.Last("scoring.erasures.age").ShouldBe(0);
        measured.Last("scoring.contests.overdue").ShouldBe(0);
        measured.Last("scoring.checkpoints.age").ShouldBeNull("there is no checkpoint");
        measured.Last("scoring.checkpoints.unsealed").ShouldBe(6, "two enrolments of two entries each, and two events");

        (await _stage.Seal(_time)).ShouldNotBeNull();
        await _stage.Open(owner.Locators[0], turns[0], today: DateOnly.FromDateTime(_time.GetUtcNow().UtcDateTime));
        _stage.Memory.IsUnreachable = subject => subject == leaving.Subject;
        await Should.ThrowAsync<LedgerUnavailableException>(
            _stage.PostgresEnrolments.Withdraw(leaving.Locators[0], Some.Day.AddYears(5), Some.Request, Cancel));
        await Read(reader);
        measured.Last("scoring.erasures.open").ShouldBe(1);
        measured.Last("scoring.erasures.age").ShouldBe(0, "it is seen for the first time");
        measured.Last("scoring.checkpoints.age")!.Value.ShouldBe(0, 0.001);
        measured.Last("scoring.checkpoints.unsealed").ShouldBe(2, "a contest's entry and a tombstone");

        _time.Advance(TimeSpan.FromMinutes(20));
        await Read(reader);
        measured.Last("scoring.erasures.age").ShouldBe(1200);
        measured.Last("scoring.checkpoints.age")!.Value.ShouldBe(1200, 0.001);
        measured.Last("scoring.contests.overdue").ShouldBe(0);

        _time.Advance(TimeSpan.FromDays(ContestStageExtensions.Limits.DueDays + 3));
        _stage.Memory.IsUnreachable = _ => false;
        await _stage.Finisher.FinishOpen(forget: true, Cancel);
        await Read(reader);
        measured.Last("scoring.erasures.open").ShouldBe(0);
        measured.Last("scoring.erasures.age").ShouldBe(0);
        measured.Last("scoring.contests.overdue").ShouldBe(1);
        measured.Names.ShouldAllBe(name => !name.Contains('{'), "a backlog has no tag");
    }

    private async Task Read(BacklogReader reader)
    {
        await _stage.Heads.Poll(Cancel);
        await reader.Read(Cancel);
    }

    private BacklogReader NewReader() => new(
        _stage.Database, _stage.Heads, new ProgrammeClock(_time), _time, Options.Create(new MetricsOptions()));
}
