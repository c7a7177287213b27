using System.Buffers.Text;
using System.Text;
using Scoring.Enrolments;
using Scoring.Hosting;
using Scoring.Keys;
using Scoring.Ledger;
using Scoring.Testing;

namespace Scoring.Contests;

public sealed class ContestGrainTests
{
    [Fact]
    public async Task Harm_is_suspended_immediately_and_removed_when_the_contest_is_upheld()
    {
        await using var city = await ContestCity.Start();
        city.Event(7);
        var bad = city.Event(-3);
        (await city.Score()).ShouldBe(TestProgrammes.Floor + 4);
        var opened = (await city.Contests.Open(city.Own, bad, ContestGround.WrongValue)).Contest.ShouldNotBeNull();
        (opened.Turn, opened.State, opened.OpenedOn, opened.DueOn).ShouldBe(
            (bad, ContestState.Open, TestCity.Today, TestCity.Today.AddDays(30)));
        opened.Case.Length.ShouldBe(22);
        (await city.Score()).ShouldBe(TestProgrammes.Floor + 7);
        var listed = (await city.SourceContests.List(TestProgrammes.SourceId, 0, 10)).Contests.ShouldHaveSingleItem();
        (listed.Key.Length, listed.Grounds[0]).ShouldBe((22, ContestGround.WrongValue));
        (await city.SourceContests.List("urn:city:till", 0, 10)).Contests.ShouldBeEmpty();

        var decided = (await city.Decide("judge", opened.Case)).Decision.ShouldNotBeNull();
        decided.ShouldBe(new DecisionView(opened.Case, true, ContestReason.ValueWasWrong, TestCity.Today));
        (await city.Decide("judge", opened.Case)).Decision.ShouldBe(decided, "the same call again");
        (await city.Decide("other", opened.Case)).Refusal.ShouldBe(ContestRefusal.DecidedAlready);
        (await city.Score()).ShouldBe(TestProgrammes.Floor + 7);
        city.Kinds().ShouldBe(["Enrolled", "Event", "Event", "ContestOpened", "ContestDecided", "Corrected"]);
        var closed = (await city.Contests.List(city.Own)).ShouldNotBeNull().ShouldHaveSingleItem();
        (closed.State, closed.Reason, closed.DecidedOn).ShouldBe((ContestState.Upheld, ContestReason.ValueWasWrong, TestCity.Today));
        (await city.SourceContests.List(TestProgrammes.SourceId, 0, 10)).Contests.ShouldBeEmpty();
        city.Ledger.ContestActs.Count.ShouldBe(1);
    }

    [Fact]
    public void The_key_in_the_documentation_is_the_one_that_a_source_computes() => Base64Url.EncodeToString(
        PlatformKeys.EventKey("urn:example:camera-7", "7f3c1d20").ToByteArray(bigEndian: true)).ShouldBe("UVzIJmtlmJDZrZUp8YtEwg");

    [Fact]
    public async Task The_contest_of_another_participant_is_unknown_whatever_the_reason()
    {
        await using var city = await ContestCity.Start();
        var turn = city.Event(-3);
        var caseId = await city.Contest(turn);
        foreach (var other in (OwnSubject[])[
            city.Own with { Participant = "ben" }, city.Own with { Ordinal = 1 }, city.Own with { Ordinal = 32 },
            city.Own with { Programme = TestProgrammes.Citizens }, city.Own with { Programme = Programmes.ProgrammeId.Parse("nowhere") }])
        {
            (await city.Contests.Open(other, turn, ContestGround.NotMine)).Refusal.ShouldBe(ContestRefusal.Unknown);
            (await city.Contests.AddMaterial(other, caseId, ContestGround.NotMine)).Refusal.ShouldBe(ContestRefusal.Unknown);
            (await city.Contests.List(other)).ShouldBeNull();
        }
        (await city.Contests.AddMaterial(city.Own, new string('x', 22), ContestGround.NotMine)).Refusal.ShouldBe(ContestRefusal.Unknown);
        (await city.Contests.AddMaterial(city.Own, caseId, ContestGround.NotMine)).Contest.ShouldNotBeNull().Material
            .ShouldBe(ContestGround.NotMine);
        (await city.Decide("judge", new string('x', 22))).Refusal.ShouldBe(ContestRefusal.Unknown);
    }

    [Fact]
    public async Task A_case_file_is_returned_after_the_entry_that_records_the_access()
    {
        await using var city = await ContestCity.Start();
        var caseId = await city.Contest(city.Event(-3, daysAgo: 2));
        var page = await city.Cases.List(null, 10);
        page.Contests.ShouldHaveSingleItem().Case.ShouldBe(caseId);
        var file = (await city.Cases.OpenFile(new CaseReviewer("judge", []), caseId)).File.ShouldNotBeNull();
        (file.EventType, file.Day, file.Source, file.RuleSet).ShouldBe(
            ("traffic.trip", TestCity.Today.AddDays(-2), TestProgrammes.SourceId, 2));
        Encoding.UTF8.GetString(file.Data).ShouldBe("""{"good":false}""");
        var rule = file.Rules.ShouldHaveSingleItem();
        (rule.Points, rule.Rule.Id).ShouldBe((-3, "trips"));

        var access = (await city.Enrolments.Looks(city.Own, null, 10)).ShouldNotBeNull().Looks.ShouldHaveSingleItem();
        (access.Kind, access.By, access.Case, access.Purpose, access.LegalEntity, access.At).ShouldBe(
            (EntryKind.Looked, "administrator", caseId, "contest", "City", city.Clock.GetUtcNow()));
        (access.Service, access.Answer).ShouldBe((null, null));
    }

    [Fact]
    public async Task Without_its_entry_there_is_no_access_and_a_decided_case_allows_none()
    {
        await using var city = await ContestCity.Start();
        var caseId = await city.Contest(city.Event(-3));
        city.Ledger.IsUnavailable = true;
        await Should.ThrowAsync<LedgerUnavailableException>(city.Cases.OpenFile(new CaseReviewer("judge", []), caseId));
        city.Ledger.IsUnavailable = false;
        await city.Decide("judge", caseId);
        (await city.Cases.OpenFile(new CaseReviewer("judge", []), caseId)).Refusal.ShouldBe(ContestRefusal.DecidedAlready);
        city.Kinds().ShouldNotContain("Looked");
    }

    [Fact]
    public async Task The_key_of_a_public_act_is_drawn_at_random()
    {
        await using var city = await ContestCity.Start();
        await city.Decide("judge", await city.Contest(city.Event(-3)));
        var act = city.Ledger.ContestActs.ShouldHaveSingleItem();
        city.Ledger.KeysOf(city.Subject).ShouldNotContain(act.Key);
        RandomKey.Next().ShouldNotBe(RandomKey.Next());
    }

    [Fact]
    public async Task The_day_is_that_of_the_moment_at_which_the_lock_is_taken()
    {
        await using var city = await ContestCity.Start();
        var caseId = await city.Contest(city.Event(-3));
        city.Clock.Advance(TimeSpan.FromDays(30));
        city.Ledger.BeforeJudging = () => city.Clock.Advance(TimeSpan.FromDays(1));
        (await city.Decide("judge", caseId, upheld: false)).Refusal.ShouldBe(ContestRefusal.Overdue);
        city.Kinds().ShouldNotContain("ContestDecided");
        city.Ledger.BeforeJudging = null;
        (await city.Decide("judge", caseId, upheld: true)).Decision.ShouldNotBeNull("late, but for the participant");
    }

    [Fact]
    public async Task A_reason_that_does_not_fit_is_refused_before_the_case_is_looked_up()
    {
        await using var city = await ContestCity.Start();
        (await city.Cases.Decide(new CaseReviewer("judge", []), new string('x', 22), true, ContestReason.EventCorrect)).Refusal
            .ShouldBe(ContestRefusal.ReasonDoesNotFit);
        (await city.Cases.Decide(new CaseReviewer("judge", []), new string('x', 22), true, ContestReason.UndecidedInTime)).Refusal
            .ShouldBe(ContestRefusal.ReasonDoesNotFit);
    }

    [Fact]
    public async Task An_undecided_contest_past_its_due_day_is_upheld_in_the_ledger_once()
    {
        await using var city = await ContestCity.Start();
        var first = city.Event(-3);
        var second = city.Event(-3);
        await city.Contest(first);
        var moved = await city.Contest(second);
        await city.Contests.AddMaterial(city.Own, moved, ContestGround.NotMine);
        city.Clock.Advance(TimeSpan.FromDays(30));
        (await city.OverdueService().UpholdAll(CancellationToken.None)).ShouldBe(0, "the due day is not over");
        city.Clock.Advance(TimeSpan.FromDays(1));
        (await city.Score()).ShouldBe(TestProgrammes.Floor);
        (await city.Contests.List(city.Own)).ShouldNotBeNull().Select(contest => contest.State)
            .ShouldBe([ContestState.Open, ContestState.Upheld], "the fold has decided before anything is written");
        var written = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => city.OverdueService().UpholdAll(CancellationToken.None)));
        written.Sum().ShouldBe(1);
        var decided = city.Ledger.EntriesOf(city.Subject).Single(entry => entry.Kind == EntryKind.ContestDecided);
        Encoding.UTF8.GetString(decided.Body).ShouldBe(
            $$"""{"by":"platform","reason":"undecided-in-time","turn":{{first}},"upheld":true}""");
        city.Kinds()[^1].ShouldBe("Corrected");
        city.Ledger.ContestActs.ShouldHaveSingleItem().By.ShouldBe("platform");
        city.Clock.Advance(TimeSpan.FromDays(15));
        (await city.OverdueService().UpholdAll(CancellationToken.None)).ShouldBe(1);
        city.Ledger.ContestActs.Count.ShouldBe(2);
    }
}
