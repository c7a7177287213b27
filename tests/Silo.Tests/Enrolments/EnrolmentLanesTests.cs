using Microsoft.Extensions.Options;
using Npgsql;
using Scoring.Ledger;
using Scoring.Storage;

namespace Scoring.Enrolments;

/// <summary>Enrolments that come at the same time, while a lock holds the lane's first transaction back.</summary>
public sealed class EnrolmentLanesTests(PostgresServer server) : IAsyncLifetime
{
    private LedgerStage _stage = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _stage = await LedgerStage.Open(server);

    public async ValueTask DisposeAsync() => await _stage.DisposeAsync();

    [Fact]
    public async Task Those_who_wait_share_a_transaction_up_to_the_limit()
    {
        NewEnrolment[] all = [.. Enumerable.Range(0, 30).Select(_ => Some.Enrolment(Some.Locators(), Some.Handle()))];
        (await Together(Lanes(togetherMax: 20), all)).ShouldAllBe(result => (int?)result == 0);
        var sizes = await _stage.Rows<long>("SELECT count(*) FROM ledger.enrolment GROUP BY xmin::text ORDER BY 1");
        sizes.Sum().ShouldBe(30);
        sizes.Max().ShouldBeLessThanOrEqualTo(20);
        sizes.Count.ShouldBeInRange(2, 3); // the first transaction holds one or more of them, those who came before it began
        await _stage.ShouldBeConserved();
    }

    [Fact]
    public async Task A_second_subject_of_a_participant_gets_the_next_locator()
    {
        var locators = Some.Locators();
        NewEnrolment[] all = [.. Enumerable.Range(0, 4).Select(_ => Some.Enrolment(locators, Some.Handle()))];
        (await Together(Lanes(), all)).Order().ShouldBe([null, 0, 1, 2]);
        (await _stage.Scalar<long>("SELECT count(*) FROM ledger.enrolment")).ShouldBe(3);
        await _stage.ShouldBeConserved();
    }

    [Fact]
    public async Task A_handle_that_two_of_them_prove_goes_to_the_newer_proof_and_an_older_one_is_refused()
    {
        var first = Some.Handle();
        var newer = Some.Handle(first.Hash, first.ProvedAt.AddSeconds(1));
        var older = Some.Handle(first.Hash, first.ProvedAt.AddSeconds(-1));
        var mover = Some.Enrolment(Some.Locators(), newer);
        var results = await Together(
            Lanes(), Some.Enrolment(Some.Locators(), first), mover, Some.Enrolment(Some.Locators(), older),
            Some.Enrolment(Some.Locators(), Some.Handle()));
        (results[0], results[1], results[3]).ShouldBe((0, 0, 0));
        results[2].ShouldBeOfType<HandleProofReplayedException>();
        (await _stage.Rows<long>($"SELECT subject FROM ledger.handle WHERE id = '{newer.Id}'")).ShouldBe([mover.Subject.Value]);
        (await _stage.Scalar<long>($"SELECT count(*) FROM ledger.entry WHERE kind = {(short)EntryKind.HandleUnlinked}")).ShouldBe(1);
        await _stage.ShouldBeConserved();
    }

    [Fact]
    public async Task One_that_breaks_a_constraint_fails_alone()
    {
        NewEnrolment[] all = [.. Enumerable.Range(0, 6).Select(_ => Some.Enrolment(Some.Locators(), Some.Handle()))];
        all[3] = all[3] with { RuleSet = "no hash" };
        var results = await Together(Lanes(), all);
        results[3].ShouldBeOfType<PostgresException>().SqlState.ShouldBe(PostgresErrorCodes.CheckViolation);
        results.Where((_, i) => i != 3).ShouldAllBe(result => (int?)result == 0);
        await _stage.ShouldBeConserved();
    }

    [Fact]
    public async Task Nobody_enrols_in_a_programme_that_was_stopped_meanwhile_and_others_do()
    {
        await ((ILedgerStage)_stage).Suspend(Some.OtherProgramme);
        var stopped = Some.Enrolment(Some.Locators(), Some.Handle()) with { Programme = Some.OtherProgramme };
        var results = await Together(Lanes(), stopped, Some.Enrolment(Some.Locators(), Some.Handle()));
        results[0].ShouldBeOfType<LedgerUnavailableException>();
        results[1].ShouldBe(0);
    }

    private EnrolmentLanes Lanes(int togetherMax = 100) => new(
        _stage.Database, _stage.Heads, Options.Create(new EnrolmentOptions { LaneCount = 1, TogetherMax = togetherMax }));

    /// <summary>Sends all while every partition is locked. Returns each one's index of the locator, or what it threw.</summary>
    private async Task<object?[]> Together(EnrolmentLanes lanes, params NewEnrolment[] all)
    {
        Task<object?>[] results;
        await using (var holder = await LockedTransaction.Open(_stage.Database, _stage.Heads, [0, 1, 2, 3], Cancel))
        {
            results = [.. all.Select(Result)];
            await _stage.WaitsForLock("scoring-writer");
        }
        return await Task.WhenAll(results);

        async Task<object?> Result(NewEnrolment enrolment)
        {
            try
            {
                return await lanes.Enrol(enrolment, Cancel);
            }
            catch (Exception exception)
            {
                return exception;
            }
        }
    }
}
