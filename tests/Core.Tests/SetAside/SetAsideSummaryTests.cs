using Scoring.Ledger;
using Scoring.Programmes;
using Scoring.Rules;
using Scoring.Scores;

namespace Scoring.SetAside;

public sealed class SetAsideSummaryTests
{
    private static readonly ProgrammeId Programme = ProgrammeId.Parse("safe-driver");
    private static readonly string Now = new('a', 64);
    private static readonly SetAsideCount Known = new(
        Programme, EntryKind.Event, "traffic.trip", 2, EntryFault.CodeUnknown, Now, FoldState.FoldVersion, 40, 45);

    [Theory]
    [InlineData(1, 1, null, null)]
    [InlineData(1, 500, null, null)]
    [InlineData(19, 19, null, null)]
    [InlineData(20, 20, 20L, 20L)]
    [InlineData(39, 41, 20L, 40L)]
    [InlineData(40, 100, 40L, 100L)]
    public void A_number_about_few_subjects_is_not_shown_and_any_other_is_a_multiple_of_twenty(
        long subjects, long entries, long? shownSubjects, long? shownEntries)
    {
        var group = SetAsideSummary.Of([Known with { Subjects = subjects, Entries = entries }], _ => Now).ShouldHaveSingleItem();
        (group.Subjects, group.Entries).ShouldBe((shownSubjects, shownEntries));
        (group.Programme, group.Kind, group.EventType, group.RuleSet, group.Fault, group.Outdated)
            .ShouldBe((Programme, EntryKind.Event, "traffic.trip", 2, EntryFault.CodeUnknown, false));
    }

    [Fact]
    public void What_was_noted_under_other_rules_or_by_another_version_of_the_fold_is_outdated_and_counted_together()
    {
        var groups = SetAsideSummary.Of(
            [
                Known, Known with { RulesHash = new string('b', 64), Subjects = 15, Entries = 15 },
                Known with { FoldVersion = FoldState.FoldVersion - 1, Subjects = 15, Entries = 15 },
            ],
            _ => Now);
        groups.Select(group => (group.Outdated, group.Subjects)).ShouldBe([(false, 40L), (true, 20L)]);
    }

    [Fact]
    public void Groups_differ_by_everything_but_numbers_and_their_number_is_bounded()
    {
        var counts = Enumerable.Range(0, SetAsideView.GroupsMax + 1).Select(n => Known with { RuleSet = n + 1 }).ToArray();
        SetAsideSummary.Of(counts, _ => Now).Length.ShouldBe(SetAsideView.GroupsMax);
        SetAsideSummary.Of(
            [
                Known, Known with { Kind = EntryKind.Corrected }, Known with { EventType = null }, Known with { RuleSet = 3 },
                Known with { Fault = EntryFault.BodyNotJson }, Known with { Programme = ProgrammeId.Parse("fair-payer") },
            ],
            _ => Now).Length.ShouldBe(6);
    }
}
