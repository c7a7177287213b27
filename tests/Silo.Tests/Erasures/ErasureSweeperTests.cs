using Scoring.Enrolments;
using Scoring.Ledger;
using Scoring.Storage;
using Scoring.Subjects;

namespace Scoring.Erasures;

public sealed class ErasureSweeperTests(PostgresServer server) : IAsyncLifetime
{
    private LedgerStage _stage = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _stage = await LedgerStage.Open(server);

    public ValueTask DisposeAsync() => _stage.DisposeAsync();

    private ErasureSweeper Sweeper => _stage.NewSweeper();

    [Fact]
    public async Task A_withdrawal_interrupted_after_its_fence_is_finished_and_vacuumed()
    {
        var enrolled = await EnrolWithEvents(10);
        (await _stage.Withdrawals.Fence(enrolled.Locators[0], Some.Day, SomeCause.Asked, Cancel))
            .ShouldBe((new OpenErasure(enrolled.Subject, SubjectKind.Vehicle, IsListed: false), 12));
        (await Uncleared()).ShouldBe(12);
        await Sweeper.Sweep(Cancel);
        (await Uncleared()).ShouldBe(0);
        (await _stage.Scalar<long>("SELECT count(*) FROM ledger.erasure")).ShouldBe(0);
        (await _stage.Scalar<long>("SELECT vacuum_count FROM pg_stat_user_tables WHERE schemaname = 'ledger' AND relname = 'entry'"))
            .ShouldBe(1);
        await Sweeper.Sweep(Cancel);
        (await _stage.Scalar<long>("SELECT vacuum_count FROM pg_stat_user_tables WHERE schemaname = 'ledger' AND relname = 'entry'"))
            .ShouldBe(1, "there was nothing to vacuum");
    }

    [Fact]
    public async Task A_repeated_call_after_an_interrupted_withdrawal_is_answered_when_all_is_erased()
    {
        var enrolled = await EnrolWithEvents(10);
        await _stage.Withdrawals.Fence(enrolled.Locators[0], Some.Day, SomeCause.Asked, Cancel);
        (await _stage.PostgresEnrolments.Withdraw(enrolled.Locators[0], Some.Day, Some.Request, Cancel)).ShouldBeNull();
        (await Uncleared()).ShouldBe(0);
    }

    [Fact]
    public async Task Concurrent_erasures_of_the_same_rows_do_no_harm()
    {
        var enrolled = await EnrolWithEvents(200);
        await _stage.Withdrawals.Fence(enrolled.Locators[0], Some.Day, SomeCause.Asked, Cancel);
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Sweeper.Sweep(Cancel)));
        (await Uncleared()).ShouldBe(0);
        (await _stage.Scalar<long>("SELECT count(*) FROM ledger.entry WHERE kind = 0")).ShouldBe(202);
    }

    [Fact]
    public async Task The_sweeper_sweeps_when_it_starts()
    {
        var enrolled = await EnrolWithEvents(1);
        await _stage.Withdrawals.Fence(enrolled.Locators[0], Some.Day, SomeCause.Asked, Cancel);
        var log = new LogLineWaiter<ErasureSweeper>("Vacuumed after 1 withdrawals");
        using var sweeper = _stage.NewSweeper(log: log);
        await sweeper.StartAsync(Cancel);
        await log.Logged.WaitAsync(TimeSpan.FromSeconds(20), Cancel);
        await sweeper.StopAsync(Cancel);
        (await _stage.Scalar<long>("SELECT count(*) FROM ledger.erasure")).ShouldBe(0);
        (await Uncleared()).ShouldBe(0);
    }

    [Fact]
    public async Task An_erasure_that_always_throws_stops_neither_other_erasures_nor_retention_nor_the_vacuum()
    {
        var kept = await EnrolWithEvents(5);
        NewEnrolment[] leaving = [await EnrolWithEvents(3), await EnrolWithEvents(3), await EnrolWithEvents(3)];
        foreach (var one in leaving) await _stage.Withdrawals.Fence(one.Locators[0], Some.Day, SomeCause.Asked, Cancel);
        var stuck = leaving.MinBy(one => one.Subject.Value)!.Subject;
        _stage.Memory.IsStuck = subject => subject == stuck;
        var log = new LogLineWaiter<ErasureSweeper>("Vacuumed after 3 withdrawals");
        using var sweeper = _stage.NewSweeper(
            new Microsoft.Extensions.Time.Testing.FakeTimeProvider(Some.Start.AddDays(733)), log,
            new EnrolmentOptions { SweepSeconds = 1 });
        await sweeper.StartAsync(Cancel);
        await log.Logged.WaitAsync(TimeSpan.FromSeconds(30), Cancel);

        (await _stage.Rows<long>("SELECT subject FROM ledger.erasure WHERE subject IS NOT NULL")).ShouldBe([stuck.Value]);
        _stage.Memory.Forgotten.ShouldBe(leaving.Select(one => one.Subject).Where(one => one != stuck), ignoreOrder: true);
        (await _stage.PostgresLedger.ReadSubject(kept.Subject, 0, 50, Cancel)).Select(entry => entry.Kind)
            .ShouldBe([EntryKind.Enrolled, EntryKind.Erased], "its events are past their retention");
        sweeper.ExecuteTask!.IsCompleted.ShouldBeFalse();
        _stage.Lines().ShouldContain(
            "Error: The background step erasures failed: InvalidOperationException (null). It is tried again until it succeeds");

        var recovered = new LogLineWaiter<ErasureSweeper>("Finished 1 interrupted withdrawals");
        await sweeper.StopAsync(Cancel);
        using var next = _stage.NewSweeper(log: recovered);
        _stage.Memory.IsStuck = null;
        await next.StartAsync(Cancel);
        await recovered.Logged.WaitAsync(TimeSpan.FromSeconds(30), Cancel);
        await next.StopAsync(Cancel);
        (await _stage.Scalar<long>("SELECT count(*) FROM ledger.erasure WHERE subject IS NOT NULL")).ShouldBe(0);
    }

    [Theory]
    [InlineData(64, true)]
    [InlineData(0, false)]
    public async Task Tables_up_to_a_size_are_rewritten(int rewriteMiBMax, bool isRewritten)
    {
        var enrolled = await EnrolWithEvents(1);
        // For a table of this size PostgreSQL builds indexes in parallel, which needs temporary files. Our role may have none.
        await _stage.Execute("""
            INSERT INTO ledger.entry (subject, position, turn, key, day, partition, kind, leaf, body)
            SELECT n, 1000000 + n, 1, gen_random_uuid(), '2026-01-01', 0, 1, sha256(int4send(n)), sha256(int4send(-n))
            FROM generate_series(1, 60000) n
            """);
        const string File = "SELECT relfilenode::bigint FROM pg_class WHERE oid = 'ledger.entry'::regclass";
        var before = await _stage.Scalar<long>(File);
        await _stage.PostgresEnrolments.Withdraw(enrolled.Locators[0], Some.Day, Some.Request, Cancel);
        using var sweeper = _stage.NewSweeper(options: new EnrolmentOptions { RewriteMiBMax = rewriteMiBMax });
        await sweeper.Sweep(Cancel);
        (await _stage.Scalar<long>("SELECT count(*) FROM ledger.erasure")).ShouldBe(0);
        (await _stage.Scalar<long>(File) != before).ShouldBe(isRewritten);
        (await _stage.Scalar<long>("SELECT count(*) FROM ledger.entry WHERE subject > 0 AND kind = 1")).ShouldBe(60_000);
    }

    private Task<long> Uncleared() => _stage.Scalar<long>("SELECT count(*) FROM ledger.entry WHERE subject IS NOT NULL");

    private async Task<NewEnrolment> EnrolWithEvents(int count)
    {
        var handle = Some.Handle();
        var enrolment = Some.Enrolment(Some.Locators(), handle);
        await _stage.PostgresEnrolments.Enrol(enrolment, Cancel);
        await _stage.PostgresLedger.AppendEvents([.. Enumerable.Range(0, count).Select(_ => Some.Event(handle.Hash))], Cancel);
        return enrolment;
    }
}
