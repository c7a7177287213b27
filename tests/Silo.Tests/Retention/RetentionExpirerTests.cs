using Scoring.Enrolments;
using Scoring.Ledger;
using Scoring.Programmes;
using Scoring.Storage;

namespace Scoring.Retention;

public sealed class RetentionExpirerTests(PostgresServer server) : IAsyncLifetime
{
    private static readonly DateOnly LastExpired = new(2026, 5, 31);

    private LedgerStage _stage = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _stage = await LedgerStage.Open(server);

    public ValueTask DisposeAsync() => _stage.DisposeAsync();

    [Fact]
    public async Task Entries_expire_by_their_day_and_nothing_else_does()
    {
        var (one, handle) = await Enrol();
        var (other, otherHandle) = await Enrol(Some.OtherProgramme);
        var random = new Random(5);
        for (var day = -80; day < 80; day++)
        {
            // Each event arrives up to twenty days late.
            var late = LastExpired.AddDays(day - random.Next(20));
            await Send(handle, late);
            await Send(otherHandle, late);
        }
        await _stage.PostgresLedger.WriteSnapshot(one.Subject, new Snapshot(3, "ab", 1, [1]) { Oldest = LastExpired }, Cancel);
        await _stage.PostgresLedger.WriteSnapshot(other.Subject, new Snapshot(3, "ab", 1, [1]) { Oldest = LastExpired }, Cancel);
        var due = await Count($"subject = {one.Subject.Value} AND day <= '{LastExpired:O}' AND kind <> 7");
        due.ShouldBeInRange(80, 110);
        var before = await Kept(one);
        var others = await Kept(other);

        (await Run()).ShouldBe((due, true));
        (await Kept(one)).ShouldBe(before.Where(kept => kept.Day > LastExpired || kept.Kind == EntryKind.Enrolled));
        (await Kept(other)).ShouldBe(others);
        (await _stage.Rows<long>("SELECT subject FROM ledger.snapshot")).ShouldBe([other.Subject.Value]);
        await ShouldBeConserved();
        await LeafAssertions.Check(_stage);
        (await Count("kind = 19")).ShouldBeGreaterThan(due / 7);
        (await Run()).ShouldBe((0, true));

        (await Run(days: 30)).Cleared.ShouldBeGreaterThan(20);
        (await Kept(one)).ShouldBe(before.Where(kept => kept.Day > LastExpired.AddDays(30) || kept.Kind == EntryKind.Enrolled));
        await ShouldBeConserved();
    }

    [Fact]
    public async Task Interrupted_anywhere_it_continues_and_at_every_moment_each_missing_body_is_declared()
    {
        var handles = new List<byte[]>();
        for (var i = 0; i < 6; i++) handles.Add((await Enrol()).Handle);
        for (var day = -90; day < 60; day++) await Send(handles[(day + 90) % 6], LastExpired.AddDays(day - (day % 3 * 5)), times: 4);
        var due = await Count($"day <= '{LastExpired:O}' AND kind NOT IN (0, 7)");
        var cleared = 0L;
        var steps = 0;
        var isDone = false;
        while (!isDone)
        {
            (var now, isDone) = await _stage.Expirer.Run([Due()], rowsMax: 1, Cancel);
            cleared += now;
            steps++;
            await ShouldBeConserved();
        }
        cleared.ShouldBe(due);
        steps.ShouldBeGreaterThan(5);
        (await Count($"day <= '{LastExpired:O}' AND kind <> 7")).ShouldBe(0);
        (await _stage.Rows<long>("SELECT position FROM ledger.expiry WHERE reached IS NOT NULL")).ShouldBeEmpty();
    }

    [Fact]
    public async Task Concurrent_runs_clear_each_row_once()
    {
        var (_, handle) = await Enrol();
        for (var day = -50; day < 5; day++) await Send(handle, LastExpired.AddDays(day), times: 6);
        await using var other = _stage.AnotherWriter();
        var due = await Count($"day <= '{LastExpired:O}' AND kind <> 7");
        var runs = await Task.WhenAll(
            new[] { _stage, other, _stage, other }.Select(stage => Task.Run(() => stage.Expirer.Run([Due()], long.MaxValue, Cancel))));
        runs.Sum(run => run.Cleared).ShouldBe(due);
        await ShouldBeConserved();
    }

    [Fact]
    public async Task A_fully_expired_history_continues_with_the_next_turn()
    {
        var (one, handle) = await Enrol();
        await Send(handle, LastExpired, times: 10);
        await Run();
        (await _stage.PostgresLedger.ReadSubjectBackwards(one.Subject, long.MaxValue, 50, Cancel)).Select(entry => entry.Kind)
            .ShouldBe([EntryKind.Enrolled]);
        await Send(handle, LastExpired.AddDays(1));
        (await _stage.PostgresLedger.ReadSubject(one.Subject, 12, 50, Cancel)).ShouldHaveSingleItem().Turn.ShouldBe(13);
        (await _stage.PostgresEnrolments.Withdraw(one.Locators[0], Some.Day, Some.Request, Cancel)).ShouldBe(
            (one.Subject, 2), "expired entries were declared when they expired");
        await ShouldBeConserved();
        (await Count("kind = 0 AND num_nulls(subject, turn, key, day, body) < 5")).ShouldBe(0);
    }

    [Fact]
    public async Task A_consent_is_kept_as_long_as_anything_rests_on_it()
    {
        var (one, _) = await Enrol();
        await Renew(2, LastExpired.AddDays(-10));
        await Renew(3, LastExpired.AddDays(20));
        await Run(days: -11);
        (await Consents()).ShouldBe([7, 17, 17], "entries from before the renewal are kept and need the first consent");
        await Run();
        (await Consents()).ShouldBe([17, 17], "every entry under the first consent has expired");
        await Run(days: 19);
        (await Consents()).ShouldBe([17, 17]);
        await Run(days: 20);
        (await Consents()).ShouldBe([17]);
        await Run(days: 2000);
        (await Consents()).ShouldBe([17], "the newest consent stays as long as the subject");
        await ShouldBeConserved();
        await _stage.PostgresEnrolments.Withdraw(one.Locators[0], Some.Day, Some.Request, Cancel);
        await ShouldBeConserved();
        (await Count("body IS NOT NULL AND kind NOT IN (14, 19)")).ShouldBe(0);

        Task<bool?> Renew(int number, DateOnly day) => _stage.PostgresEnrolments.RenewConsent(
            one.Locators[0], new string('b', 64), number, Some.Entry(EntryKind.ConsentRenewed) with { Day = day }, Cancel);
        async Task<List<int>> Consents() =>
            await _stage.Rows<int>("SELECT kind::integer FROM ledger.entry WHERE kind IN (7, 17) ORDER BY turn");
    }

    [Fact]
    public async Task The_run_of_a_day_reads_only_what_may_be_due()
    {
        var (_, handle) = await Enrol();
        for (var day = -30; day < 200; day++) await Send(handle, LastExpired.AddDays(day), times: 20);
        await Run();
        (await _stage.Expirer.Run([Due(1)], rowsMax: 2000, Cancel)).ShouldBe(
            (20, true), "of the 4000 later rows only late ones are read");
        var position = await _stage.Scalar<long>("SELECT max(position) FROM ledger.expiry");
        position.ShouldBe(
            await _stage.Scalar<long>($"SELECT min(position) - 1 FROM ledger.entry WHERE day > '{LastExpired.AddDays(1):O}' AND kind = 1"));
    }

    [Fact]
    public async Task The_sweeper_expires_by_the_programmes_terms_and_vacuums_what_it_left()
    {
        var (_, handle) = await Enrol();
        await Send(handle, Some.Day, times: 9);
        var clock = new Microsoft.Extensions.Time.Testing.FakeTimeProvider(Some.Start.AddDays(732));
        using var sweeper = _stage.NewSweeper(clock);
        await sweeper.Sweep(Cancel);
        (await Count("kind = 0")).ShouldBe(0, "730 days and a margin of two");
        clock.Advance(TimeSpan.FromDays(1));
        await sweeper.Sweep(Cancel);
        (await Count("kind = 0")).ShouldBe(10);
        await ShouldBeConserved();
        (await _stage.Scalar<long>("SELECT count(*) FROM ledger.erasure")).ShouldBe(0);
        (await _stage.Scalar<long>(
            "SELECT vacuum_count FROM pg_stat_user_tables WHERE schemaname = 'ledger' AND relname = 'entry'")).ShouldBe(1);
    }

    private Task<(long Cleared, bool IsDone)> Run(int days = 0) => _stage.Expirer.Run([Due(days)], long.MaxValue, Cancel);

    private static DueDays Due(int days = 0) => new(Some.Programme, LastExpired.AddDays(days), 30, LastExpired.AddDays(800));

    private async Task<(NewEnrolment Enrolled, byte[] Handle)> Enrol(ProgrammeId? programme = null)
    {
        var handle = Some.Handle();
        var enrolment = Some.Enrolment([new byte[32]], handle) with { Programme = programme ?? Some.Programme };
        enrolment = enrolment with { Locators = [[0, 0, .. Some.Hash()[2..]]] };
        (await _stage.PostgresEnrolments.Enrol(enrolment, Cancel)).ShouldBe(0);
        return (enrolment, handle.Hash);
    }

    private Task Send(byte[] handle, DateOnly day, int times = 1) => _stage.PostgresLedger.AppendEvents(
        [.. Enumerable.Range(0, times).Select(_ => Some.Event(handle) with { Day = day })], Cancel);

    private async Task<List<(long Turn, EntryKind Kind, DateOnly Day)>> Kept(NewEnrolment one) =>
        [.. (await _stage.PostgresLedger.ReadSubject(one.Subject, 0, 1000, Cancel)).Select(entry => (entry.Turn, entry.Kind, entry.Day))];

    private Task<long> Count(string where) => _stage.Scalar<long>($"SELECT count(*) FROM ledger.entry WHERE {where}");

    private Task ShouldBeConserved() => _stage.ShouldBeConserved();
}
