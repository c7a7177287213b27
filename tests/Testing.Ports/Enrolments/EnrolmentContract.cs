using System.Text;
using Scoring.Ledger;
using Scoring.Storage;

namespace Scoring.Enrolments;

/// <summary>The contract that every store of enrolments keeps.</summary>
public abstract partial class EnrolmentContract : LedgerStageTest
{
    [Fact]
    public async Task A_participant_takes_one_locator_after_the_other_and_then_none()
    {
        var locators = Some.Locators(3);
        var taken = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Enrolments.Enrol(Some.Enrolment(locators), Cancel)));
        taken.OrderBy(i => i ?? 99).ShouldBe([0, 1, 2, null]);
        var found = await Enrolments.Find(locators, Cancel);
        found.Select(f => f.Index).ShouldBe([0, 1, 2]);
        await Enrolments.Withdraw(locators[1], Some.Day, Some.Request, Cancel);
        (await Enrolments.Find(locators, Cancel)).Select(f => f.Index).ShouldBe([0, 2]);
        (await Enrolments.Enrol(Some.Enrolment(locators), Cancel)).ShouldBe(1);
    }

    [Fact]
    public async Task A_newer_proof_moves_a_handle_and_the_former_subject_gets_an_entry()
    {
        var before = Some.Handle();
        var first = await Enrol(before);
        var after = Some.Handle(before.Hash, before.ProvedAt.AddSeconds(1));
        var second = await Enrol(after);
        await Ledger.AppendEvents([Some.Event(before.Hash)], Cancel);
        (await History(first)).Select(e => e.Kind).ShouldBe([EntryKind.Enrolled, EntryKind.HandleLinked, EntryKind.HandleUnlinked]);
        Encoding.UTF8.GetString((await History(first))[2].Body).ShouldContain(before.Id);
        (await History(second)).Select(e => e.Kind).ShouldBe([EntryKind.Enrolled, EntryKind.HandleLinked, EntryKind.Event]);
        (await Enrolments.HandlesOf(first.Subject, Cancel)).ShouldBeEmpty();
        (await Enrolments.HandlesOf(second.Subject, Cancel)).ShouldBe([new HandleView(after.Id, after.Source, second.At)]);
    }

    [Fact]
    public async Task A_proof_that_is_not_newer_links_nothing()
    {
        var proof = Some.Start.AddTicks(7);
        var handle = Some.Handle(provedAt: proof);
        var first = await Enrol(handle);
        foreach (var replayed in new[] { proof, proof.AddSeconds(-1) })
        {
            var enrolment = Some.Enrolment(Some.Locators(), Some.Handle(), Some.Handle(handle.Hash, replayed));
            await Should.ThrowAsync<HandleProofReplayedException>(Enrolments.Enrol(enrolment, Cancel));
            (await Enrolments.Find(enrolment.Locators[0], Cancel)).ShouldBeNull();
            (await History(enrolment)).ShouldBeEmpty();
        }
        (await Enrolments.HandlesOf(first.Subject, Cancel)).ShouldHaveSingleItem().Id.ShouldBe(handle.Id);
        var twice = Some.Enrolment(Some.Locators(), Some.Handle(handle.Hash, proof.AddDays(1)), Some.Handle(handle.Hash, proof.AddDays(2)));
        await Should.ThrowAsync<HandleProofReplayedException>(Enrolments.Enrol(twice, Cancel));
    }

    [Fact]
    public async Task What_the_same_proofs_have_enrolled_is_found_and_nothing_else()
    {
        NewHandle[] handles = [Some.Handle(provedAt: Some.Start.AddTicks(7)), Some.Handle()];
        await Enrol(Some.Handle());
        var locators = Some.Locators();
        var enrolled = Some.Enrolment(locators, handles);
        await Enrolments.Enrol(Some.Enrolment(locators, Some.Handle()), Cancel);
        (await Found(enrolled)).ShouldBeNull();
        (await Enrolments.Enrol(enrolled, Cancel)).ShouldBe(1);

        NewHandle[] again = [.. handles.Reverse().Select(handle => Some.Handle(handle.Hash, handle.ProvedAt))];
        (await Found(Some.Enrolment(locators, again))).ShouldBe(1);
        (await Found(Some.Enrolment(Some.Locators(), again))).ShouldBeNull("another participant's");
        (await Found(Some.Enrolment(locators, again[0]))).ShouldBeNull("it has more handles");
        (await Found(Some.Enrolment(locators, [.. again, Some.Handle()]))).ShouldBeNull("it has fewer handles");
        (await Found(Some.Enrolment(locators, again) with { RuleSet = new string('b', 64) })).ShouldBeNull("another rule set");
        var newer = Some.Handle(again[0].Hash, again[0].ProvedAt.AddSeconds(1));
        (await Found(Some.Enrolment(locators, newer, again[1]))).ShouldBeNull("another proof");
        await Enrolments.Withdraw(locators[1], Some.Day, Some.Request, Cancel);
        (await Found(Some.Enrolment(locators, again))).ShouldBeNull("it has left");

        Task<int?> Found(NewEnrolment enrolment) => Enrolments.FindEnrolled(enrolment, Cancel);
    }

    [Fact]
    public async Task Concurrent_claims_of_the_same_new_handles_leave_one_owner()
    {
        byte[][] hashes = [.. Enumerable.Range(0, 4).Select(_ => Some.Hash())];
        async Task<NewEnrolment?> Claim(int i)
        {
            var order = i % 2 == 0 ? hashes : hashes.Reverse();
            var enrolment = Some.Enrolment(Some.Locators(), [.. order.Select(hash => Some.Handle(hash, Some.Start))]);
            try
            {
                await Enrolments.Enrol(enrolment, Cancel);
                return enrolment;
            }
            catch (HandleProofReplayedException)
            {
                return null;
            }
        }
        var claims = await Task.WhenAll(Enumerable.Range(0, 8).Select(Claim));
        var owner = claims.OfType<NewEnrolment>().ShouldHaveSingleItem();
        (await Enrolments.HandlesOf(owner.Subject, Cancel)).Count.ShouldBe(4);
    }

    [Fact]
    public async Task Grants_are_listed_limited_and_revoked_by_their_own_subject_only()
    {
        var mine = await Enrol();
        var other = await Enrol();
        var first = Some.Grant(id: "a");
        var second = Some.Grant(id: "b");
        (await Enrolments.Grant(mine.Locators[0], first, 2, Cancel)).ShouldBeTrue();
        (await Enrolments.Grant(mine.Locators[0], second, 2, Cancel)).ShouldBeTrue();
        (await Enrolments.Grant(mine.Locators[0], Some.Grant(), 2, Cancel)).ShouldBeFalse();
        (await Enrolments.Grant(other.Locators[0], Some.Grant(), 2, Cancel)).ShouldBeTrue();
        (await Enrolments.Grant(Some.Hash(), Some.Grant(), 2, Cancel)).ShouldBeFalse();
        (await Enrolments.Revoke(other.Locators[0], "a", Some.Entry(EntryKind.GrantRevoked), Cancel)).ShouldBeFalse();
        (await Enrolments.GrantsOf(mine.Subject, Cancel)).ShouldBe(
            [new GrantView("a", first.Service, first.At, null), new GrantView("b", second.Service, second.At, null)]);
        (await Enrolments.Revoke(mine.Locators[0], "a", Some.Entry(EntryKind.GrantRevoked), Cancel)).ShouldBeTrue();
        (await Enrolments.Grant(mine.Locators[0], Some.Grant(until: Some.Start.AddYears(90)), 2, Cancel)).ShouldBeTrue();
        (await History(other)).Select(e => e.Kind).ShouldBe([EntryKind.Enrolled, EntryKind.Granted]);
    }

    [Fact]
    public async Task A_restriction_is_in_the_ledger_once_stops_everything_and_removes_nothing()
    {
        var handle = Some.Handle();
        var grant = Some.Grant();
        var mine = await Enrol(handle);
        await Enrolments.Grant(mine.Locators[0], grant, 8, Cancel);
        await Ledger.AppendEvents([Some.Event(handle.Hash)], Cancel);
        (await Enrolments.Restrict(Some.Hash(), true, Some.Entry(EntryKind.Restricted), Cancel)).ShouldBeNull();
        (await Restrict(mine, false)).ShouldBe(false);
        var pauses = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Restrict(mine, true)));
        pauses.Count(paused => paused == true).ShouldBe(1);
        pauses.Count(paused => paused == false).ShouldBe(3);

        await Ledger.AppendEvents([Some.Event(handle.Hash)], Cancel);
        (await Ledger.AppendQuery(Some.Query(grant.Hash), Cancel)).ShouldBeNull();
        (await Enrolments.Find(mine.Locators[0], Cancel)).ShouldNotBeNull().Restricted.ShouldBeTrue();
        (await Enrolments.HandlesOf(mine.Subject, Cancel)).ShouldHaveSingleItem().Id.ShouldBe(handle.Id);
        (await Enrolments.GrantsOf(mine.Subject, Cancel)).ShouldHaveSingleItem().Id.ShouldBe(grant.Id);

        (await Restrict(mine, false)).ShouldBe(true);
        (await Enrolments.Find(mine.Locators[0], Cancel)).ShouldNotBeNull().Restricted.ShouldBeFalse();
        await Ledger.AppendEvents([Some.Event(handle.Hash)], Cancel);
        (await Ledger.AppendQuery(Some.Query(grant.Hash), Cancel)).ShouldNotBeNull();
        (await History(mine)).Select(e => e.Kind).ShouldBe(
        [
            EntryKind.Enrolled, EntryKind.HandleLinked, EntryKind.Granted, EntryKind.Event, EntryKind.Restricted,
            EntryKind.RestrictionLifted, EntryKind.Event, EntryKind.Queried,
        ]);
    }

    [Fact]
    public async Task A_restricted_subject_may_leave_lose_a_handle_and_give_and_revoke_grants()
    {
        var handle = Some.Handle();
        var grant = Some.Grant();
        var mine = await Enrol(handle, Some.Handle());
        await Restrict(mine, true);
        (await Enrolments.Grant(mine.Locators[0], grant, 8, Cancel)).ShouldBeTrue();
        (await Ledger.AppendQuery(Some.Query(grant.Hash), Cancel)).ShouldBeNull();
        (await Enrolments.Revoke(mine.Locators[0], grant.Id, Some.Entry(EntryKind.GrantRevoked), Cancel)).ShouldBeTrue();
        await Enrol(Some.Handle(handle.Hash, handle.ProvedAt.AddSeconds(1)));
        (await History(mine))[^1].Kind.ShouldBe(EntryKind.HandleUnlinked);
        (await Enrolments.Withdraw(mine.Locators[0], Some.Day, Some.Request, Cancel)).ShouldNotBeNull();
        (await Restrict(mine, true)).ShouldBeNull();
    }

    /// <summary>A caller whose answer was lost sends the request again. Meanwhile it may have been carried out.</summary>
    [Fact]
    public async Task A_repeated_link_changes_nothing_and_is_no_replay_while_the_handles_are_still_the_subjects()
    {
        var handle = Some.Handle();
        var more = Some.Handle();
        var mine = await Enrol(Some.Handle());
        var other = await Enrol(Some.Handle());
        (await Link(mine, 16, handle, more)).ShouldBe(true);
        var turns = (await History(mine)).Count();
        (await Link(mine, 16, handle, more)).ShouldBe(true);
        (await Link(mine, 16, more)).ShouldBe(true);
        (await History(mine)).Count().ShouldBe(turns);
        await Should.ThrowAsync<HandleProofReplayedException>(Link(other, 16, handle));
        await Should.ThrowAsync<HandleProofReplayedException>(Link(mine, 16, handle, Some.Handle()));

        (await Link(other, 16, Some.Handle(handle.Hash, handle.ProvedAt.AddSeconds(1)))).ShouldBe(true);
        await Should.ThrowAsync<HandleProofReplayedException>(Link(mine, 16, handle, more));
    }

    [Fact]
    public async Task Further_handles_are_linked_moved_counted_and_unlinked()
    {
        var first = Some.Handle();
        var second = Some.Handle();
        var third = Some.Handle();
        var mine = await Enrol(first);
        var other = await Enrol(second);
        await Restrict(mine, true);
        (await Link(mine, 2, Some.Handle(second.Hash, Some.Start.AddSeconds(5)))).ShouldBe(true);
        (await History(other))[^1].Kind.ShouldBe(EntryKind.HandleUnlinked);
        (await Link(mine, 2, third)).ShouldBe(false);
        (await Link(mine, 2, Some.Handle(first.Hash, Some.Start.AddSeconds(9)))).ShouldBe(true, "the handle is already its own");
        await Should.ThrowAsync<HandleProofReplayedException>(Link(other, 16, Some.Handle(first.Hash, Some.Start.AddSeconds(9))));
        await Should.ThrowAsync<HandleProofReplayedException>(Link(other, 16, third, second));
        (await Enrolments.Link(Some.Hash(), ToLink(third), 16, Cancel)).ShouldBeNull();
        (await Restrict(mine, false)).ShouldBe(true);
        await Ledger.AppendEvents([Some.Event(second.Hash), Some.Event(third.Hash)], Cancel);

        var handles = await Enrolments.HandlesOf(mine.Subject, Cancel);
        (handles.Count, handles.Any(h => h.Id == first.Id)).ShouldBe((2, true));
        (await Enrolments.Unlink(other.Locators[0], first.Id, Some.Day, Cancel)).ShouldBeFalse();
        (await Enrolments.Unlink(mine.Locators[0], first.Id, Some.Day, Cancel)).ShouldBeTrue();
        (await Enrolments.Unlink(mine.Locators[0], first.Id, Some.Day, Cancel)).ShouldBeFalse();
        await Ledger.AppendEvents([Some.Event(first.Hash)], Cancel);
        (await History(mine)).Select(e => e.Kind).ShouldBe(
        [
            EntryKind.Enrolled, EntryKind.HandleLinked, EntryKind.Restricted, EntryKind.HandleLinked, EntryKind.RestrictionLifted,
            EntryKind.Event, EntryKind.HandleUnlinked,
        ]);
        Encoding.UTF8.GetString((await History(mine))[^1].Body).ShouldContain(first.Id);
        (await History(other)).Count.ShouldBe(3);
    }

    private Task<bool?> Link(NewEnrolment enrolment, int countMax, params NewHandle[] handles) =>
        Enrolments.Link(enrolment.Locators[0], ToLink(handles), countMax, Cancel);

    private static HandlesToLink ToLink(params NewHandle[] handles) => new(handles, Some.Start, Some.Day);

    private Task<bool?> Restrict(NewEnrolment enrolment, bool restricted) => Enrolments.Restrict(
        enrolment.Locators[0], restricted, Some.Entry(restricted ? EntryKind.Restricted : EntryKind.RestrictionLifted), Cancel);

    [Fact]
    public async Task After_a_withdrawal_nothing_leads_to_the_subject_and_its_handle_may_come_back()
    {
        var handle = Some.Handle();
        var enrolled = await Enrol(handle);
        var grant = Some.Grant();
        await Enrolments.Grant(enrolled.Locators[0], grant, 8, Cancel);
        await Ledger.AppendEvents([.. Enumerable.Range(0, 10).Select(_ => Some.Event(handle.Hash))], Cancel);
        (await Enrolments.Withdraw(enrolled.Locators[0], Some.Day, Some.Request, Cancel)).ShouldBe((enrolled.Subject, 13));
        (await Enrolments.Withdraw(enrolled.Locators[0], Some.Day, Some.Request, Cancel)).ShouldBeNull();
        await Ledger.AppendEvents([Some.Event(handle.Hash)], Cancel);
        (await Ledger.AppendQuery(Some.Query(grant.Hash), Cancel)).ShouldBeNull();
        (await History(enrolled)).ShouldBeEmpty();
        (await Enrolments.Find(enrolled.Locators[0], Cancel)).ShouldBeNull();
        (await Enrolments.HandlesOf(enrolled.Subject, Cancel)).ShouldBeEmpty();
        (await Enrolments.GrantsOf(enrolled.Subject, Cancel)).ShouldBeEmpty();

        var again = Some.Enrolment(enrolled.Locators.ToArray(), Some.Handle(handle.Hash, handle.ProvedAt));
        (await Enrolments.Enrol(again, Cancel)).ShouldBe(0);
        await Ledger.AppendEvents([Some.Event(handle.Hash)], Cancel);
        (await History(again)).Select(e => e.Turn).ShouldBe([1, 2, 3]);
    }
}
