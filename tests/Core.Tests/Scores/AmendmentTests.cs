using Scoring.Ledger;
using Scoring.Rules;
using Scoring.Tests.Scores;

namespace Scoring.Scores;

/// <summary>Tests corrections and contests. One event costs 30 points; another event on the same day earns 50 by another rule.</summary>
public sealed class AmendmentTests
{
    private static readonly DateOnly Due = Cases.Today.AddDays(10);
    private static readonly Entry Earned = Cases.Trip(2, Cases.Today);
    private static readonly Entry Harm = HistoryMaker.Entry(
        3, EntryKind.Event, Cases.Today,
        HistoryMaker.Event(World.Parked.Name, new System.Text.Json.Nodes.JsonObject { ["hours"] = 3 }));

    [Fact]
    public void A_correction_takes_the_whole_entry_away_and_a_second_one_changes_nothing()
    {
        Score(Cases.Today, HistoryMaker.Correction(Harm, 4, Cases.Today)).ShouldBe(550);
        Score(Cases.Today, HistoryMaker.Correction(Harm, 4, Cases.Today), HistoryMaker.Correction(Harm, 5, Cases.Today)).ShouldBe(550);
    }

    [Fact]
    public void Harm_is_suspended_while_a_contest_is_open_and_the_gain_stays()
    {
        Score(Cases.Today, Opened(4)).ShouldBe(550);
        Score(Due, Opened(4)).ShouldBe(550);
        var gain = HistoryMaker.Contest(Earned, 4, Cases.Today, Due);
        Score(Due, gain).ShouldBe(520);
    }

    [Fact]
    public void An_undecided_contest_is_decided_for_the_participant_by_the_day_after_its_due_day()
    {
        var gain = HistoryMaker.Contest(Earned, 4, Cases.Today, Due);
        Score(Due.AddDays(1), gain, HistoryMaker.Correction(Harm, 5, Due)).ShouldBe(500);
        Score(Due.AddDays(1), Opened(4)).ShouldBe(550);
    }

    [Fact]
    public void A_rejection_in_time_brings_the_harm_back_and_one_too_late_does_not()
    {
        Score(Due.AddDays(2), Opened(4), HistoryMaker.Decision(Harm, 5, Due, upheld: false)).ShouldBe(520);
        Score(Due.AddDays(2), Opened(4), HistoryMaker.Decision(Harm, 5, Due.AddDays(1), upheld: false)).ShouldBe(550);
    }

    [Fact]
    public void An_upheld_contest_is_closed_by_its_correction_once()
    {
        var upheld = HistoryMaker.Decision(Harm, 5, Due, upheld: true);
        Score(Due, Opened(4), upheld).ShouldBe(550);
        Score(Due.AddDays(1), Opened(4), upheld, HistoryMaker.Correction(Harm, 6, Due)).ShouldBe(550);
    }

    [Fact]
    public void A_correction_of_an_entry_whose_contest_ran_out_never_subtracts_twice()
    {
        var gain = HistoryMaker.Contest(Earned, 4, Cases.Today, Due);
        var world = Case(gain, HistoryMaker.Correction(Earned, 5, Due.AddDays(3)), HistoryMaker.Correction(Harm, 6, Due.AddDays(3)));
        var day = Explainer.Explain(world.Entries, world.Rules, Due.AddDays(4)).Rules
            .SelectMany(rule => rule.Days).Select(line => line.Points);
        day.ShouldAllBe(points => points == 0);
        Score(Due.AddDays(4), gain, HistoryMaker.Correction(Earned, 5, Due.AddDays(3))).ShouldBe(500);
    }

    [Fact]
    public void A_second_contest_while_one_is_open_changes_nothing_and_after_a_rejection_a_new_one_opens()
    {
        var later = HistoryMaker.Contest(Harm, 5, Cases.Today, Due.AddDays(5));
        Score(Due.AddDays(2), Opened(4), later, HistoryMaker.Decision(Harm, 6, Due.AddDays(1), upheld: false)).ShouldBe(550);
        var rejected = HistoryMaker.Decision(Harm, 5, Cases.Today, upheld: false);
        Score(Due, Opened(4), rejected).ShouldBe(520);
        Score(Due, Opened(4), rejected, HistoryMaker.Contest(Harm, 6, Cases.Today, Due)).ShouldBe(550);
    }

    [Theory]
    [InlineData("""{"turn":3}""", EntryKind.Corrected, EntryFault.MemberMissing)]
    [InlineData("""{"data":{"km":1},"day":"2025-02-30","turn":3,"type":"traffic.trip"}""", EntryKind.Corrected, EntryFault.MemberWrong)]
    [InlineData("""{"data":{"km":1},"day":"2025-02-03","turn":4,"type":"traffic.trip"}""", EntryKind.Corrected, EntryFault.TurnNotBefore)]
    [InlineData("""{"data":{"km":1},"day":"2025-02-03","turn":3,"type":"traffic.trip"}""",
        EntryKind.ContestOpened, EntryFault.MemberMissing)]
    [InlineData("""{"turn":3}""", EntryKind.ContestDecided, EntryFault.MemberMissing)]
    [InlineData("""{"turn":3}""", EntryKind.ContestExtended, EntryFault.MemberMissing)]
    [InlineData("""{"dueDay":"2025-02-03","turn":4}""", EntryKind.ContestExtended, EntryFault.TurnNotBefore)]
    [InlineData("""{"data":{"km":1},"source":"s","type":"traffic.unheard"}""", EntryKind.Event, EntryFault.EventTypeUnknown)]
    [InlineData("""{"data":{"km":"1"},"source":"s","type":"traffic.trip"}""", EntryKind.Event, EntryFault.AttributeTypeWrong)]
    [InlineData("""{"data":{"km":1.5},"source":"s","type":"traffic.trip"}""", EntryKind.Event, EntryFault.AttributeTypeWrong)]
    [InlineData("""{"data":{"road":"moon"},"source":"s","type":"traffic.trip"}""", EntryKind.Event, EntryFault.CodeUnknown)]
    [InlineData("""{"data":{"km":1}""", EntryKind.Event, EntryFault.BodyNotJson)]
    [InlineData("""{"data":{}}""", EntryKind.Event, EntryFault.MemberMissing)]
    [InlineData("", EntryKind.Event, EntryFault.BodyNotJson)]
    public void An_entry_that_cannot_be_valued_is_set_aside_and_blocks_nothing(string body, EntryKind kind, string fault)
    {
        var world = Case();
        var state = World.Fold(world.Entries, world.Rules);
        var broken = Cases.Trip(4, Cases.Today) with { Kind = kind, Body = System.Text.Encoding.UTF8.GetBytes(body) };
        state.Apply(broken, world.Rules).ShouldBe(new FoldStep(FoldOutcome.SetAside, fault));
        state.ScoreOn(Cases.Today, world.Rules).Score.ShouldBe(520);
        state.Apply(Cases.Trip(5, Cases.Today), world.Rules).Outcome.ShouldBe(FoldOutcome.Folded);
        state.ScoreOn(Cases.Today, world.Rules).Score.ShouldBe(570);
    }

    [Fact]
    public void An_extension_moves_the_due_day_once_and_never_back()
    {
        var moved = Due.AddDays(15);
        var rejection = HistoryMaker.Decision(Harm, 6, moved, upheld: false);
        var gain = HistoryMaker.Contest(Earned, 4, Cases.Today, Due);
        Score(moved, gain, HistoryMaker.Extension(Earned, 5, Due, moved)).ShouldBe(520);
        Score(moved.AddDays(1), gain, HistoryMaker.Extension(Earned, 5, Due, moved)).ShouldBe(500);
        Score(moved.AddDays(1), Opened(4), HistoryMaker.Extension(Harm, 5, Due, moved), rejection).ShouldBe(520, "rejected in time");
        Score(moved.AddDays(1), Opened(4), HistoryMaker.Extension(Harm, 5, Due, Due.AddDays(14)), rejection).ShouldBe(550);
        var again = HistoryMaker.Extension(Earned, 6, Due, moved.AddDays(15));
        Score(moved.AddDays(1), gain, HistoryMaker.Extension(Earned, 5, Due, moved), again).ShouldBe(500, "once");
        Score(Due, gain, HistoryMaker.Extension(Earned, 5, Cases.Today, Due.AddDays(-5)), again).ShouldBe(520, "never back");
    }

    [Fact]
    public void An_extension_of_a_contest_that_is_closed_or_past_its_due_day_changes_nothing()
    {
        var gain = HistoryMaker.Contest(Earned, 4, Cases.Today, Due);
        Score(Due.AddDays(2), gain, HistoryMaker.Extension(Earned, 5, Due.AddDays(1), Due.AddDays(20))).ShouldBe(500);
        var rejected = HistoryMaker.Decision(Harm, 5, Cases.Today, upheld: false);
        Score(Due, Opened(4), rejected, HistoryMaker.Extension(Harm, 6, Cases.Today, Due.AddDays(15))).ShouldBe(520);
        Score(Due, HistoryMaker.Extension(Harm, 4, Cases.Today, Due.AddDays(15))).ShouldBe(520, "there is no contest");
        var another = HistoryMaker.Contest(Harm, 7, Cases.Today, Due);
        Score(Due.AddDays(9), Opened(4), HistoryMaker.Extension(Harm, 5, Cases.Today, Due.AddDays(1)),
            HistoryMaker.Decision(Harm, 6, Cases.Today, upheld: false), another, HistoryMaker.Extension(Harm, 8, Due, Due.AddDays(8)),
            HistoryMaker.Decision(Harm, 9, Due.AddDays(8), upheld: false)).ShouldBe(520, "another contest has an extension of its own");
    }

    private static Entry Opened(long turn) => HistoryMaker.Contest(Harm, turn, Cases.Today, Due);

    private static World Case(params Entry[] more) => Cases.With(
        [Cases.Rule(50, 100, 200), Cases.Rule(-30, 100, 200, id: "parked") with { EventType = World.Parked.Name }],
        [Earned, Harm, .. more]);

    /// <summary>The score of the fold, of a fold that is saved and loaded after every turn, and of the slow reference.</summary>
    private static long Score(DateOnly day, params Entry[] more)
    {
        var world = Case(more);
        var saved = new FoldState();
        foreach (var entry in world.Entries)
        {
            saved.Apply(entry, world.Rules);
            saved.Prune(entry.Day, world.Rules);
            saved = FoldState.Load(saved.Save());
        }
        var score = World.Fold(world.Entries, world.Rules).ScoreOn(day, world.Rules).Score;
        saved.ScoreOn(day, world.Rules).Score.ShouldBe(score);
        ((long)world.Slow(day).Score).ShouldBe(score);
        return score;
    }
}
