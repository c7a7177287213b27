using Scoring.Ledger;
using Scoring.Storage;

namespace Scoring.Partitions;

/// <summary>A commit whose answer is lost may or may not have come through. Its events are sent again.</summary>
public sealed class LostAnswerTests(PostgresServer server)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Events_of_a_commit_whose_answer_is_lost_are_written_once_and_memory_goes_on()
    {
        await using var stage = await LedgerStage.Open(server);
        await using var relay = new CuttingRelay(stage.ConnectionString);
        await using var relayed = stage.OnDatabase(relay.ConnectionString);
        var handle = Some.Handle();
        var enrolment = Some.Enrolment(Some.Locators(), handle);
        await stage.PostgresEnrolments.Enrol(enrolment, Cancel);
        await relayed.PostgresLedger.AppendEvents([Some.Event(handle.Hash)], Cancel);
        for (var n = 1; n <= 5; n++)
        {
            EventToAppend[] events = [Some.Event(handle.Hash), Some.Event(handle.Hash)];
            relay.CutAtNextAnswer();
            await Should.ThrowAsync<LedgerUnavailableException>(relayed.PostgresLedger.AppendEvents(events, Cancel));
            (await Turns(stage, enrolment.Subject)).Count.ShouldBe(3 + 3 * (n - 1) + 2, "it was committed");
            await relayed.PostgresLedger.AppendEvents([.. events, Some.Event(handle.Hash)], Cancel);
            (await Turns(stage, enrolment.Subject)).ShouldBe(Enumerable.Range(1, 3 + 3 * n).Select(turn => (long)turn));
        }
        await LeafAssertions.Check(stage);
    }

    [Fact]
    public async Task A_key_that_is_repeated_after_a_long_time_is_written_once()
    {
        await using var stage = await LedgerStage.Open(server);
        await using var small = stage.AnotherWriter(new LedgerOptions { RememberedHandlesMax = 8 });
        var handle = Some.Handle();
        var enrolment = Some.Enrolment(Some.Locators(), handle);
        await stage.PostgresEnrolments.Enrol(enrolment, Cancel);
        var events = Enumerable.Range(0, 30).Select(_ => Some.Event(handle.Hash)).ToArray();
        foreach (var append in events) await small.PostgresLedger.AppendEvents([append], Cancel);
        var conflicts = stage.Log.Count;
        await small.PostgresLedger.AppendEvents([events[0], Some.Event(handle.Hash), events[1]], Cancel);
        await small.PostgresLedger.AppendEvents([.. events, Some.Event(handle.Hash)], Cancel);
        (await Turns(stage, enrolment.Subject)).ShouldBe(Enumerable.Range(1, 2 + 32).Select(turn => (long)turn));
        small.Log.ShouldBeEmpty("a repeat is no defect");
        conflicts.ShouldBe(0);
    }

    private static async Task<List<long>> Turns(LedgerStage stage, Subjects.SubjectId subject) =>
        [.. (await stage.PostgresLedger.ReadSubject(subject, 0, 1000, Cancel)).Select(entry => entry.Turn)];
}
