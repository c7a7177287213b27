using Scoring.Enrolments;
using Scoring.Ledger;
using Scoring.Storage;

namespace Scoring.Erasures;

/// <summary>A withdrawal cut off behind each of its steps, and whoever goes on with it.</summary>
public sealed class LeavingTests(PostgresServer server) : IAsyncLifetime
{
    private readonly string folder = Directory.CreateTempSubdirectory("scoring-erasures-").FullName;

    private LedgerStage stage = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => stage = await LedgerStage.Open(server, erasures: folder);

    public async ValueTask DisposeAsync()
    {
        await stage.DisposeAsync();
        if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task Whoever_left_is_listed_cleared_forgotten_and_may_enrol_with_the_same_handle_at_once()
    {
        var (one, handle) = await Enrol(8);
        (await stage.PostgresEnrolments.Withdraw(one.Locators[0], Some.Day, Some.Request, Cancel)).ShouldBe((one.Subject, 10));
        stage.Erasures.Read().Has(one.Subject).ShouldBeTrue();
        stage.Memory.Forgotten.ShouldBe([one.Subject]);
        await ShouldBeOver();
        var again = Some.Enrolment([.. one.Locators], Some.Handle(handle));
        (await stage.PostgresEnrolments.Enrol(again, Cancel)).ShouldBe(0);
        stage.Erasures.Read().Has(again.Subject).ShouldBeFalse();
    }

    [Fact]
    public async Task What_cannot_be_listed_is_not_cleared_and_not_answered()
    {
        var (one, _) = await Enrol(8);
        Directory.Delete(folder);
        for (var i = 0; i < 2; i++)
        {
            await Should.ThrowAsync<LedgerUnavailableException>(
                stage.PostgresEnrolments.Withdraw(one.Locators[0], Some.Day, Some.Request, Cancel));
            (await Count("body IS NOT NULL AND kind <> 14")).ShouldBe(10, "the fence stands, the rows wait");
            (await stage.PostgresEnrolments.Find(one.Locators[0], Cancel)).ShouldBeNull();
            await stage.ShouldBeConserved();
        }
        using var sweeper = stage.Sweeper();
        await Should.ThrowAsync<LedgerUnavailableException>(sweeper.Sweep(Cancel));
        stage.Memory.Forgotten.ShouldBeEmpty();

        Directory.CreateDirectory(folder);
        (await stage.PostgresEnrolments.Withdraw(one.Locators[0], Some.Day, Some.Request, Cancel)).ShouldBeNull();
        stage.Erasures.Read().Has(one.Subject).ShouldBeTrue();
        stage.Memory.Forgotten.ShouldBe([one.Subject]);
        await ShouldBeOver();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_silo_that_does_not_answer_keeps_the_erasure_open_and_no_other(bool bySweeper)
    {
        var (one, _) = await Enrol(8);
        var (other, _) = await Enrol(3);
        stage.Memory.IsDeaf = subject => subject == one.Subject;
        await Should.ThrowAsync<LedgerUnavailableException>(
            stage.PostgresEnrolments.Withdraw(one.Locators[0], Some.Day, Some.Request, Cancel));
        (await stage.Rows<long>("SELECT subject FROM ledger.erasure WHERE subject IS NOT NULL AND listed")).ShouldBe([one.Subject.Value]);
        (await stage.PostgresEnrolments.Withdraw(other.Locators[0], Some.Day, Some.Request, Cancel)).ShouldNotBeNull();
        await Should.ThrowAsync<LedgerUnavailableException>(
            stage.PostgresEnrolments.Withdraw(other.Locators[0], Some.Day, Some.Request, Cancel), "nobody is answered before all is over");
        stage.Memory.Forgotten.ShouldBe([other.Subject]);

        stage.Memory.IsDeaf = null;
        if (bySweeper) await stage.Sweeper().Sweep(Cancel);
        else (await stage.PostgresEnrolments.Withdraw(one.Locators[0], Some.Day, Some.Request, Cancel)).ShouldBeNull();
        stage.Memory.Forgotten.ShouldBe([other.Subject, one.Subject]);
        await ShouldBeOver();
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(0, true)]
    [InlineData(4, true)]
    [InlineData(10, true)]
    public async Task A_crash_behind_any_step_is_made_good_by_the_next_start(int cleared, bool listed)
    {
        var (one, _) = await Enrol(8);
        await stage.Withdrawals.Fence(one.Locators[0], Some.Day, Some.Asked, Cancel);
        if (listed) await stage.Erasures.Note([one.Subject], Cancel);
        await stage.Execute($"""
            UPDATE ledger.erasure SET listed = {listed};
            UPDATE ledger.entry SET kind = 0, subject = NULL, turn = NULL, key = NULL, day = NULL, body = NULL
            WHERE subject = {one.Subject.Value} AND turn <= {cleared}
            """);
        await stage.ShouldBeConserved();

        await using var next = stage.Beside();
        await next.LeavingStart().StartAsync(Cancel);
        next.Erasures.Read().Has(one.Subject).ShouldBeTrue();
        (await Count("subject IS NOT NULL")).ShouldBe(0, "before anything is served");
        (await Count("body IS NOT NULL AND kind <> 14")).ShouldBe(0);
        await stage.ShouldBeConserved();
        next.Memory.Forgotten.ShouldBeEmpty("no grain runs yet");
        await next.Sweeper().Sweep(Cancel);
        next.Memory.Forgotten.ShouldBe([one.Subject], "other silos may have held it");
        await ShouldBeOver();
    }

    [Fact]
    public async Task An_erasure_that_is_not_listed_cannot_end_whoever_tries()
    {
        var (one, _) = await Enrol(1);
        await stage.Withdrawals.Fence(one.Locators[0], Some.Day, Some.Asked, Cancel);
        var refused = await Should.ThrowAsync<Npgsql.PostgresException>(stage.Execute("UPDATE ledger.erasure SET subject = NULL"));
        refused.ConstraintName.ShouldBe("erasure_listed");
    }

    private async Task ShouldBeOver()
    {
        (await stage.Scalar<long>("SELECT count(*) FROM ledger.erasure WHERE subject IS NOT NULL")).ShouldBe(0);
        (await Count("subject IS NOT NULL OR (body IS NOT NULL AND kind <> 14)")).ShouldBe(0);
        await stage.ShouldBeConserved();
    }

    private Task<long> Count(string where) => stage.Scalar<long>($"SELECT count(*) FROM ledger.entry WHERE {where}");

    private async Task<(NewEnrolment Enrolled, byte[] Handle)> Enrol(int events)
    {
        var handle = Some.Handle();
        var enrolment = Some.Enrolment(Some.Locators(), handle);
        (await stage.PostgresEnrolments.Enrol(enrolment, Cancel)).ShouldBe(0);
        await stage.PostgresLedger.AppendEvents([.. Enumerable.Range(0, events).Select(_ => Some.Event(handle.Hash))], Cancel);
        return (enrolment, handle.Hash);
    }
}
