using System.Text;
using Scoring.Enrolments;
using Scoring.Ledger;
using Scoring.Programmes;

namespace Scoring.Contests;

/// <summary>
/// What each step of a contest writes. Bodies are hashed and keys keep a step from being written twice, so both are compared with values
/// from outside: the keys are the first 16 bytes of SHA-256 over the parts, each after its length in 4 bytes.
/// </summary>
public sealed class ContestEntriesTests
{
    private static readonly DateOnly Opened = new(2026, 3, 1);
    private static readonly DateOnly Later = new(2026, 3, 9);
    private static readonly DateTimeOffset Now = new(2026, 3, 9, 10, 11, 12, TimeSpan.FromHours(1));
    private static readonly ContestLimits Limits = new(DueDays: 20, ExtensionDays: 7, OpenMax: 2);
    private static readonly string Case = new('c', 22);
    private static readonly ContestedEvent Event = new(
        Guid.Parse("00112233-4455-6677-8899-aabbccddeeff"), new(2026, 2, 20),
        """{"data":{"good":true},"source":"urn:x","type":"traffic.trip"}"""u8.ToArray());

    private static readonly ContestFacts NoContest = new(null, Event, false, []);
    private static readonly ContestFacts OpenContest = NoContest with { Contest = Open(NoContest).Contest };

    [Fact]
    public void An_opening_repeats_the_event_with_its_day_its_turn_the_ground_and_the_due_day() => Entries(Open(NoContest)).ShouldBe(
    [
        (EntryKind.ContestOpened, "82736ad7-cb75-b592-cadc-a4c97ab8feeb", Opened,
            """{"data":{"good":true},"day":"2026-02-20","dueDay":"2026-03-21","ground":"not-mine","source":"urn:x","turn":3,"""
            + "\"type\":\"traffic.trip\"}"),
    ]);

    [Fact]
    public void A_further_ground_is_written_with_the_due_day_that_it_moves()
    {
        var step = ContestSteps.AddMaterial(OpenContest, ContestGround.WrongDay, Later, Limits);
        step.Contest!.Grounds.ShouldBe([ContestGround.NotMine, ContestGround.WrongDay]);
        step.Step!.Act.ShouldBeNull("a participant's step is no public action");
        Entries(step).ShouldBe(
        [
            (EntryKind.ContestExtended, "5543af30-3a45-0754-d872-dd9d32144903", Later,
                """{"dueDay":"2026-03-28","ground":"wrong-day","turn":3}"""),
        ]);
    }

    [Fact]
    public void A_contest_that_is_upheld_writes_the_decision_and_the_correction()
    {
        var step = Judge(OpenContest, true, ContestReason.ValueWasWrong, Later);
        step.Contest!.Verdict.ShouldBe(
            new Verdict(true, ContestReason.ValueWasWrong, Later, Guid.Parse("2dff3cc6-57aa-48be-ff5a-e2fe62644f31")));
        Entries(step).ShouldBe(
        [
            (EntryKind.ContestDecided, "2dff3cc6-57aa-48be-ff5a-e2fe62644f31", Later,
                """{"by":"administrator","reason":"value-was-wrong","turn":3,"upheld":true}"""),
            (EntryKind.Corrected, "4dc549e1-ea93-a86d-1ee4-0ca1e9466040", Later,
                """
                {"data":{"good":true},"day":"2026-02-20","reason":"value-was-wrong","source":"urn:x","turn":3,"type":"traffic.trip"}
                """),
        ]);
        var act = step.Step!.Act!;
        (act.By, act.Programme!.Value.Value, act.At, act.Hash).ShouldBe(("judge", "calm", Now, null));
        act.Words.ShouldBe(["A contest of an event was upheld. Grounds: not-mine. Reason: value-was-wrong."]);
        Encoding.UTF8.GetString(act.Details!).ShouldBe("""{"grounds":["not-mine"],"reason":"value-was-wrong","upheld":true}""");
    }

    [Fact]
    public void A_contest_that_is_rejected_writes_the_decision_alone()
    {
        var extended = ContestSteps.AddMaterial(OpenContest, ContestGround.WrongDay, Later, Limits).Contest;
        var step = Judge(OpenContest with { Contest = extended }, false, ContestReason.EventCorrect, Later);
        step.Contest!.Verdict!.Upheld.ShouldBeFalse();
        Entries(step).ShouldBe(
        [
            (EntryKind.ContestDecided, "b2f73c9a-ca5e-0f6b-f1ff-2c08ef5e4098", Later,
                """{"by":"administrator","reason":"event-correct","turn":3,"upheld":false}"""),
        ]);
        step.Step!.Act!.Words.ShouldBe(["A contest of an event was rejected. Grounds: not-mine, wrong-day. Reason: event-correct."]);
    }

    [Fact]
    public void After_the_due_day_the_platform_upholds_and_an_administrator_cannot_reject()
    {
        var due = OpenContest.Contest!.DueOn;
        Judge(OpenContest, false, ContestReason.EventCorrect, due).Refusal.ShouldBeNull();
        Judge(OpenContest, false, ContestReason.EventCorrect, due.AddDays(1)).Refusal.ShouldBe(ContestRefusal.Overdue);
        Judge(OpenContest, true, ContestReason.DayWasWrong, due.AddDays(1)).Refusal.ShouldBeNull();

        var early = ContestSteps.Uphold(OpenContest, Guid.Empty, due, Now);
        (early.Step, early.Contest, early.Refusal).ShouldBe((null, OpenContest.Contest, null));
        var late = ContestSteps.Uphold(OpenContest, Guid.Empty, due.AddDays(1), Now);
        late.Step!.Act!.By.ShouldBe("platform");
        Entries(late)[0].ShouldBe(
            (EntryKind.ContestDecided, "a9b064b8-279b-7e01-8c5d-cb9006b3ae69", due.AddDays(1),
                """{"by":"platform","reason":"undecided-in-time","turn":3,"upheld":true}"""));
        Entries(late)[1].Kind.ShouldBe(EntryKind.Corrected);
    }

    [Fact]
    public void A_decided_contest_takes_the_same_decision_again_and_nothing_else()
    {
        var decided = OpenContest with { Contest = Judge(OpenContest, true, ContestReason.ValueWasWrong, Later).Contest };
        var again = Judge(decided, true, ContestReason.ValueWasWrong, Later.AddDays(1));
        (again.Step, again.Contest, again.Refusal).ShouldBe((null, decided.Contest, null));
        Judge(decided, true, ContestReason.DayWasWrong, Later).Refusal.ShouldBe(ContestRefusal.DecidedAlready);
        Judge(decided, false, ContestReason.EventCorrect, Later).Refusal.ShouldBe(ContestRefusal.DecidedAlready);
        ContestSteps.Uphold(decided, Guid.Empty, decided.Contest!.DueOn.AddDays(1), Now).Refusal
            .ShouldBe(ContestRefusal.DecidedAlready);
        Add(decided, ContestGround.WrongDay, Later).Refusal.ShouldBe(ContestRefusal.Closed);
    }

    [Fact]
    public void A_further_ground_comes_once_in_time_and_is_another_one()
    {
        var due = OpenContest.Contest!.DueOn;
        Add(OpenContest, ContestGround.NotMine, Later).Refusal.ShouldBe(ContestRefusal.GroundGiven);
        Add(OpenContest, ContestGround.WrongDay, due).Refusal.ShouldBeNull();
        Add(OpenContest, ContestGround.WrongDay, due.AddDays(1)).Refusal.ShouldBe(ContestRefusal.Closed);
        var extended = OpenContest with { Contest = Add(OpenContest, ContestGround.WrongDay, Later).Contest };
        Add(extended, ContestGround.WrongValue, Later).Refusal.ShouldBe(ContestRefusal.ExtendedAlready);
    }

    [Fact]
    public void A_view_has_the_grounds_and_the_decision()
    {
        var open = ContestSteps.View(OpenContest.Contest!, Later);
        open.ShouldBe(new ContestView(
            Case, 3, ContestGround.NotMine, null, Opened, new DateOnly(2026, 3, 21), ContestState.Open, null, null));
        var extended = OpenContest with { Contest = Add(OpenContest, ContestGround.WrongDay, Later).Contest };
        var rejected = Judge(extended, false, ContestReason.EventCorrect, Later).Contest!;
        ContestSteps.View(rejected, Later.AddYears(1)).ShouldBe(new ContestView(
            Case, 3, ContestGround.NotMine, ContestGround.WrongDay, Opened, new DateOnly(2026, 3, 28), ContestState.Rejected,
            ContestReason.EventCorrect, Later));
        var upheld = Judge(extended, true, ContestReason.DayWasWrong, Later).Contest!;
        ContestSteps.View(upheld, Later).State.ShouldBe(ContestState.Upheld);
    }

    [Fact]
    public void An_administrators_look_at_the_event_is_an_entry_of_the_subject()
    {
        var key = Guid.NewGuid();
        Text(ContestEntries.AccessRecorded(key, Case, Now, Later)).ShouldBe(
            (EntryKind.Looked, key.ToString(), Later,
                $$"""{"at":"2026-03-09T09:11:12Z","by":"administrator","case":"{{Case}}","purpose":"contest"}"""));
    }

    private static StepDecision Open(ContestFacts facts) =>
        ContestSteps.Open(facts, Case, ProgrammeId.Parse("calm"), 3, ContestGround.NotMine, Opened, Limits);

    private static StepDecision Add(ContestFacts facts, ContestGround ground, DateOnly day) =>
        ContestSteps.AddMaterial(facts, ground, day, Limits);

    private static StepDecision Judge(ContestFacts facts, bool upheld, ContestReason reason, DateOnly day) =>
        ContestSteps.Judge(facts, Guid.Empty, "judge", upheld, reason, day, Now);

    private static (EntryKind Kind, string Key, DateOnly Day, string Body)[] Entries(StepDecision step) =>
        [.. step.Step!.Entries.Select(Text)];

    private static (EntryKind Kind, string Key, DateOnly Day, string Body) Text(EntryToAppend entry) =>
        (entry.Kind, entry.Key.ToString(), entry.Day, Encoding.UTF8.GetString(entry.Body));
}
