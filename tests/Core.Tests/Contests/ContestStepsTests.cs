using System.Text;
using Scoring.Administration;
using Scoring.Programmes;

namespace Scoring.Contests;

/// <summary>The decisions of contest steps from given facts, without a store.</summary>
public sealed class ContestStepsTests
{
    private static readonly DateOnly Opened = new(2026, 3, 1);
    private static readonly ContestLimits Limits = new(DueDays: 20, ExtensionDays: 7, OpenMax: 2);
    private static readonly ContestedEvent Event = new(
        Guid.Parse("00112233-4455-6677-8899-aabbccddeeff"), new(2026, 2, 20),
        """{"data":{"good":true},"source":"urn:x","type":"traffic.trip"}"""u8.ToArray());

    private static readonly ContestFacts NoContest = new(null, Event, false, []);

    [Fact]
    public void Due_days_extensions_and_the_number_of_open_ones_are_those_of_the_options()
    {
        var contest = Open(NoContest).Contest!;
        (contest.OpenedOn, contest.DueOn, contest.Source, contest.Key).ShouldBe((Opened, Opened.AddDays(20), "urn:x", Event.Key));
        ContestSteps.AddMaterial(NoContest with { Contest = contest }, ContestGround.WrongDay, contest.DueOn, Limits).Contest!.DueOn
            .ShouldBe(Opened.AddDays(27));
        Open(NoContest with { UndecidedDue = [Opened, Opened] }).Refusal.ShouldBe(ContestRefusal.TooMany);
        Open(NoContest with { UndecidedDue = [Opened, Opened.AddDays(-1)] }).Refusal.ShouldBeNull("one is past its due day");
        Open(NoContest with { IsCorrected = true }).Refusal.ShouldBe(ContestRefusal.CorrectedAlready);
        Open(NoContest with { Contest = contest }).Refusal.ShouldBe(ContestRefusal.ContestedAlready);
        Open(NoContest with { Event = null }).Refusal.ShouldBe(ContestRefusal.EventUnknown);
    }

    [Theory]
    [InlineData(ContestReason.SourceConfirmed, false)]
    [InlineData(ContestReason.EventCorrect, false)]
    [InlineData(ContestReason.SourceCouldNotConfirm, true)]
    [InlineData(ContestReason.ValueWasWrong, true)]
    [InlineData(ContestReason.DayWasWrong, true)]
    [InlineData(ContestReason.CountedTwice, true)]
    [InlineData(ContestReason.NotTheSubjects, true)]
    [InlineData(ContestReason.OutsidePurpose, true)]
    public void A_reason_fits_one_outcome(ContestReason reason, bool upheld)
    {
        ContestSteps.Fits(upheld, reason).ShouldBeTrue();
        ContestSteps.Fits(!upheld, reason).ShouldBeFalse();
    }

    [Theory]
    [InlineData(true, ContestReason.UndecidedInTime)]
    [InlineData(false, ContestReason.UndecidedInTime)]
    [InlineData(true, (ContestReason)99)]
    [InlineData(false, (ContestReason)99)]
    public void An_administrator_cannot_give_the_reason_of_the_platform(bool upheld, ContestReason reason) =>
        ContestSteps.Fits(upheld, reason).ShouldBeFalse();

    [Fact]
    public void A_view_after_the_due_day_is_as_the_fold_has_it()
    {
        var contest = Open(NoContest).Contest!;
        ContestSteps.View(contest, contest.DueOn).State.ShouldBe(ContestState.Open);
        var late = ContestSteps.View(contest, contest.DueOn.AddDays(3));
        (late.State, late.Reason, late.DecidedOn).ShouldBe(
            (ContestState.Upheld, ContestReason.UndecidedInTime, contest.DueOn.AddDays(1)));
    }

    [Fact]
    public void An_event_that_is_corrected_already_is_not_corrected_again()
    {
        var contest = Open(NoContest).Contest!;
        var decided = ContestSteps.Judge(
            new ContestFacts(contest, Event, true, []), Guid.Empty, "judge", true, ContestReason.ValueWasWrong, Opened,
            DateTimeOffset.UnixEpoch);
        decided.Step!.Entries.ShouldHaveSingleItem().Kind.ShouldBe(Ledger.EntryKind.ContestDecided);
    }

    [Fact]
    public void A_public_act_says_nothing_of_the_case_the_event_or_the_person()
    {
        var contest = Open(NoContest).Contest!;
        var facts = new ContestFacts(contest, Event, false, []);
        var key = Guid.NewGuid();
        var act = ContestSteps.Judge(facts, key, "judge", false, ContestReason.EventCorrect, Opened, DateTimeOffset.UnixEpoch).Step!.Act!;
        var all = string.Concat(act.Words) + Encoding.UTF8.GetString(act.Details!) + act.Hash + act.Programme;
        foreach (var secret in (string[])[contest.Case, "2026", "urn:x", "traffic", "aabbccdd", Event.Key.ToString()])
            all.ShouldNotContain(secret);
        act.Key.ShouldBe(key, "the caller draws it, and nothing is derived from the case");
        act.Act.ShouldBe(AdminActions.ContestDecided);
    }

    [Fact]
    public void Derived_keys_differ_and_depend_on_what_they_name()
    {
        Guid[] keys =
        [
            ContestKeys.Opened(Event.Key), ContestKeys.Extended(Event.Key), ContestKeys.Corrected(Event.Key), Event.Key,
            ContestKeys.Decided("a", "judge", true, ContestReason.DayWasWrong),
            ContestKeys.Decided("b", "judge", true, ContestReason.DayWasWrong),
            ContestKeys.Decided("a", "other", true, ContestReason.DayWasWrong),
            ContestKeys.Decided("a", "judge", false, ContestReason.DayWasWrong),
            ContestKeys.Decided("a", "judge", true, ContestReason.ValueWasWrong),
        ];
        keys.Distinct().Count().ShouldBe(keys.Length);
        ContestKeys.Opened(Event.Key).ShouldBe(ContestKeys.Opened(Event.Key));
    }

    [Fact]
    public void Every_ground_and_reason_has_its_stored_word_and_back()
    {
        var grounds = Enum.GetValues<ContestGround>();
        grounds.Select(ContestTerms.Of).ShouldBe(
            ["not-mine", "did-not-happen", "wrong-value", "wrong-day", "counted-twice", "outside-purpose"]);
        grounds.Select(ground => ContestTerms.Ground(ContestTerms.Of(ground))).ShouldBe(grounds);
        var reasons = Enum.GetValues<ContestReason>();
        reasons.Select(ContestTerms.Of).ShouldBe(
        [
            "source-confirmed", "event-correct", "source-could-not-confirm", "value-was-wrong", "day-was-wrong", "counted-twice",
            "not-the-subjects", "outside-purpose", "undecided-in-time",
        ]);
        reasons.Select(reason => ContestTerms.Reason(ContestTerms.Of(reason))).ShouldBe(reasons);
        Should.Throw<FormatException>(() => ContestTerms.Ground("rude")).Message.ShouldContain("ground");
        Should.Throw<FormatException>(() => ContestTerms.Reason("rude")).Message.ShouldContain("reason");
    }

    private static StepDecision Open(ContestFacts facts) => ContestSteps.Open(
        facts, new string('c', 22), ProgrammeId.Parse("calm"), 3, ContestGround.NotMine, Opened, Limits);
}
