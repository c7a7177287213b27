using System.Runtime.CompilerServices;
using CsCheck;
using Scoring.Ledger;
using Scoring.Programmes;
using Scoring.Rules;
using Scoring.Testing;
using Scoring.Tests.Scores;

namespace Scoring.Scores;

using Retention = Scoring.Rules.Retention;

public sealed class FoldComparisonTests
{
    private static readonly DateOnly Today = new(2026, 6, 15);

    private const int Worlds = 3000;

    [Fact]
    public void A_fold_that_was_pruned_saved_and_loaded_equals_the_ledgers_also_when_entries_have_expired() =>
        Gen.Select(World.Any, Gen.Int[0, 90], Gen.Int[1, 60].Array[3], Gen.Select(Gen.Int[0, 41], Gen.Int[0, 60], Gen.Bool).Array[0, 5])
            .Sample(
                (world, later, retentions, stops) =>
                {
                    var today = world.Asked.AddDays(later);
                    var entries = InTime(world.Entries);
                    var live = new FoldState();
                    foreach (var (turn, earlier, load) in stops.OrderBy(stop => stop.Item1).ThenByDescending(stop => stop.Item2))
                    {
                        FoldOn(live, entries.Where(entry => entry.Turn <= turn), world.Rules);
                        live.Prune(today.AddDays(-earlier), world.Rules);
                        if (load) live = FoldState.Load(live.Save());
                    }
                    FoldOn(live, entries, world.Rules);

                    var versions = world.Rules.RuleSets.Select((set, index) => Version(set, retentions[index % 3])).ToArray();
                    var expired = Retention.LastDayGone([.. versions], today);
                    var fresh = new FoldState();
                    FoldOn(fresh, entries.Where(entry => entry.Day > expired || entry.Kind == EntryKind.Enrolled), world.Rules);
                    fresh.PassOver(live.Turn);
                    FoldComparison.AreSame(live.Save(), fresh, today, world.Rules).ShouldBeTrue();
                },
                iter: Worlds);

    [Fact]
    public void Every_change_in_a_window_is_found()
    {
        var found = 0;
        World.Any.Sample(
            world =>
            {
                foreach (var change in (Action<FoldState>[])[
                    state => state.PassOver(state.Turn + 1),
                    state => Cells(state).Add(world.Asked.DayNumber, 0, 1),
                    state =>
                    {
                        ref var cells = ref Cells(state);
                        if (cells.Count > 0) cells.Add(cells.Day(cells.Count - 1), cells.Rule(cells.Count - 1), -1);
                    },
                ])
                {
                    var live = World.Fold(world.Entries, world.Rules);
                    var before = live.Save();
                    change(live);
                    var fresh = World.Fold(world.Entries, world.Rules);
                    var changed = FoldState.Load(live.Save());
                    var unchanged = FoldState.Load(before);
                    changed.Prune(world.Asked, world.Rules);
                    unchanged.Prune(world.Asked, world.Rules);
                    var differs = !changed.Save().AsSpan().SequenceEqual(unchanged.Save());
                    FoldComparison.AreSame(live.Save(), fresh, world.Asked, world.Rules).ShouldBe(!differs);
                    if (differs) Interlocked.Increment(ref found);
                }
            },
            iter: 500);
        found.ShouldBeGreaterThan(900);
    }

    [Fact]
    public void A_damaged_fold_and_one_of_unknown_rules_are_not_the_same()
    {
        var rules = TestProgrammes.Documents.Compile().Find(TestProgrammes.Vehicles)!;
        var state = new FoldState();
        Cells(state).Add(Today.DayNumber, 3, 1);
        foreach (var saved in (byte[][])[[], [1, 2], [FoldState.FoldVersion, 0, 9], state.Save()])
            FoldComparison.AreSame(saved, new FoldState(), Today, rules).ShouldBeFalse();

        // The same sum twice, of which the second adds nothing: loading it would make one sum again.
        var whole = new FoldState();
        Cells(whole).Add(Today.DayNumber, 0, 5);
        var once = whole.Save();
        byte[] twice = [.. once[..2], 2, .. once[3..^2], 0, 0, 0, .. once[^2..]];
        FoldState.Load(twice).Save().ShouldBe(once);
        FoldComparison.AreSame(once, whole, Today, rules).ShouldBeTrue();
        FoldComparison.AreSame(twice, whole, Today, rules).ShouldBeFalse();
    }

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_cells")]
    private static extern ref PointCells Cells(FoldState state);

    private static void FoldOn(FoldState state, IEnumerable<Entry> entries, ProgrammeRules rules)
    {
        foreach (var entry in entries)
        {
            state.PassOver(entry.Turn - 1);
            state.Apply(entry, rules);
        }
    }

    /// <summary>Gives entries about an event the day on which they are written. Events keep their day, which may be late.</summary>
    private static Entry[] InTime(IEnumerable<Entry> entries)
    {
        var latest = DateOnly.MinValue;
        return
        [
            .. entries.Select(entry =>
            {
                if (entry.Day > latest) latest = entry.Day;
                return entry.Kind == EntryKind.Event ? entry : entry with { Day = latest };
            }),
        ];
    }

    private static ProgrammeVersion Version(RuleSet set, int retention)
    {
        var version = TestProgrammes.Documents.VersionsOf(TestProgrammes.Vehicles)[0];
        return version with { RuleSet = set, Terms = version.Terms with { RetentionDays = retention, LatenessDaysMax = 1 } };
    }
}
