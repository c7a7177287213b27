using Scoring.Enrolments;
using Scoring.Ledger;
using Scoring.Storage;

namespace Scoring.Erasures;

/// <summary>A withdrawal that stops after any of its steps is finished by the next call, sweep or start.</summary>
public sealed class WithdrawalRecoveryTests(PostgresServer server) : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("scoring-erasures-").FullName;

    private LedgerStage _stage = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _stage = await LedgerStage.Open(server, erasures: _folder);

    public async ValueTask DisposeAsync()
    {
        await _stage.DisposeAsync();
        if (Directory.Exists(_folder)) Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task A_withdrawn_subject_is_listed_cleared_and_forgotten_and_its_handle_may_enrol_again_immediately()
    {
        var (one, handle) = await Enrol(8);
        (await _stage.PostgresEnrolments.Withdraw(one.Locators[0], Some.Day, Some.Request, Cancel)).ShouldBe((one.Subject, 10));
        _stage.Erasures.Read().Has(one.Subject).ShouldBeTrue();
        _stage.Memory.Forgotten.ShouldBe([one.Subject]);
        await ShouldBeComplete();
        var again = Some.Enrolment([.. one.Locators], Some.Handle(handle));
        (await _stage.PostgresEnrolments.Enrol(again, Cancel)).ShouldBe(0);
        _stage.Erasures.Read().Has(again.Subject).ShouldBeFalse();
    }

    [Fact]
    public async Task A_withdrawal_that_cannot_be_listed_is_not_cleared_and_not_answered()
    {
        var (one, _) = await Enrol(8);
        Directory.Delete(_folder);
        for (var i = 0; i < 2; i++)
        {
            await Should.ThrowAsync<LedgerUnavailableException>(
                _stage.PostgresEnrolments.Withdraw(one.Locators[0], Some.Day, Some.Request, Cancel));
            (await Count("body IS NOT NULL AND kind <> 14")).ShouldBe(10, "the subject is fenced and its rows are not cleared");
            (await _stage.PostgresEnrolments.Find(one.Locators[0], Cancel)).ShouldBeNull();
            await _stage.ShouldBeConserved();
        }
        using var sweeper = _stage.NewSweeper();
        await Should.ThrowAsync<LedgerUnavailableException>(sweeper.Sweep(Cancel));
        _stage.Memory.Forgotten.ShouldBeEmpty();

        Directory.CreateDirectory(_folder);
        (await _stage.PostgresEnrolments.Withdraw(one.Locators[0], Some.Day, Some.Request, Cancel)).ShouldBeNull();
        _stage.Erasures.Read().Has(one.Subject).ShouldBeTrue();
        _stage.Memory.Forgotten.ShouldBe([one.Subject]);
        await ShouldBeComplete();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_silo_that_does_not_answer_keeps_the_erasure_open_and_no_other(bool bySweeper)
    {
        var (one, _) = await Enrol(8);
        var (other, _) = await Enrol(3);
        _stage.Memory.IsUnreachable = subject => subject == one.Subject;
        await Should.ThrowAsync<LedgerUnavailableException>(
            _stage.PostgresEnrolments.Withdraw(one.Locators[0], Some.Day, Some.Request, Cancel));
        (await _stage.Rows<long>("SELECT subject FROM ledger.erasure WHERE subject IS NOT NULL AND listed")).ShouldBe([one.Subject.Value]);
        (await _stage.PostgresEnrolments.Withdraw(other.Locators[0], Some.Day, Some.Request, Cancel)).ShouldNotBeNull();
        await Should.ThrowAsync<LedgerUnavailableException>(
            _stage.PostgresEnrolments.Withdraw(other.Locators[0], Some.Day, Some.Request, Cancel),
            "no call is answered before every erasure is complete");
        _stage.Memory.Forgotten.ShouldBe([other.Subject]);

        _stage.Memory.IsUnreachable = null;
        if (bySweeper) await _stage.NewSweeper().Sweep(Cancel);
        else (await _stage.PostgresEnrolments.Withdraw(one.Locators[0], Some.Day, Some.Request, Cancel)).ShouldBeNull();
        _stage.Memory.Forgotten.ShouldBe([other.Subject, one.Subject]);
        await ShouldBeComplete();
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(0, true)]
    [InlineData(4, true)]
    [InlineData(10, true)]
    public async Task A_crash_after_any_step_is_repaired_by_the_next_start(int cleared, bool listed)
    {
        var (one, _) = await Enrol(8);
        await _stage.Withdrawals.Fence(one.Locators[0], Some.Day, SomeCause.Asked, Cancel);
        if (listed) await _stage.Erasures.Note([one.Subject], Cancel);
        await _stage.Execute($"""
            UPDATE ledger.erasure SET listed = {listed};
            UPDATE ledger.entry SET kind = 0, subject = NULL, turn = NULL, key = NULL, day = NULL, body = NULL
            WHERE subject = {one.Subject.Value} AND turn <= {cleared}
            """);
        await _stage.ShouldBeConserved();

        await using var next = _stage.AnotherWriter();
        await next.NewErasureReplay().StartAsync(Cancel);
        next.Erasures.Read().Has(one.Subject).ShouldBeTrue();
        (await Count("subject IS NOT NULL")).ShouldBe(0, "the rows are cleared before anything is served");
        (await Count("body IS NOT NULL AND kind <> 14")).ShouldBe(0);
        await _stage.ShouldBeConserved();
        next.Memory.Forgotten.ShouldBeEmpty("no grain is active yet");
        await next.NewSweeper().Sweep(Cancel);
        next.Memory.Forgotten.ShouldBe([one.Subject], "other silos may have held the subject");
        await ShouldBeComplete();
    }

    [Fact]
    public async Task An_erasure_that_is_not_listed_cannot_end()
    {
        var (one, _) = await Enrol(1);
        await _stage.Withdrawals.Fence(one.Locators[0], Some.Day, SomeCause.Asked, Cancel);
        var refused = await Should.ThrowAsync<Npgsql.PostgresException>(_stage.Execute("UPDATE ledger.erasure SET subject = NULL"));
        refused.ConstraintName.ShouldBe("erasure_listed");
    }

    private async Task ShouldBeComplete()
    {
        (await _stage.Scalar<long>("SELECT count(*) FROM ledger.erasure WHERE subject IS NOT NULL")).ShouldBe(0);
        (await Count("subject IS NOT NULL OR (body IS NOT NULL AND kind <> 14)")).ShouldBe(0);
        await _stage.ShouldBeConserved();
    }

    private Task<long> Count(string where) => _stage.Scalar<long>($"SELECT count(*) FROM ledger.entry WHERE {where}");

    private async Task<(NewEnrolment Enrolled, byte[] Handle)> Enrol(int events)
    {
        var handle = Some.Handle();
        var enrolment = Some.Enrolment(Some.Locators(), handle);
        (await _stage.PostgresEnrolments.Enrol(enrolment, Cancel)).ShouldBe(0);
        await _stage.PostgresLedger.AppendEvents([.. Enumerable.Range(0, events).Select(_ => Some.Event(handle.Hash))], Cancel);
        return (enrolment, handle.Hash);
    }
}
