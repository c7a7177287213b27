using Scoring.Hosting;
using Scoring.Ledger;
using Scoring.Scores;
using Scoring.Testing;

namespace Scoring.Subjects;

/// <summary>How a fold starts from one read of the ledger.</summary>
public sealed class FoldStartTests
{
    [Fact]
    public async Task A_snapshot_of_other_rules_or_another_fold_is_ignored()
    {
        foreach (var wrong in (Func<Snapshot, Snapshot>[])[
            kept => kept with { RuleBookHash = new string('0', 64) }, kept => kept with { FoldVersion = 99 },
            kept => kept with { State = [1, 2] }])
        {
            var ledger = new MemoryLedger(1);
            var subject = ledger.Add(1, SubjectKind.Vehicle, TestProgrammes.Vehicles);
            for (var i = 0; i < 10; i++) ledger.Append(subject, EntryKind.Event, TestCity.Today, TestProgrammes.Body(7));
            var rules = TestProgrammes.Documents.Compile().Find(TestProgrammes.Vehicles)!;
            var state = new FoldState();
            foreach (var entry in ledger.EntriesOf(subject).Take(5)) state.Apply(entry, rules);
            var kept = wrong(new Snapshot(5, rules.Hash, FoldState.FoldVersion, state.Save()));
            await ledger.WriteSnapshot(subject, kept, CancellationToken.None);
            var services = SubjectGrainTests.Services(ledger);
            var start = (await FoldStart.Read(subject, services))!;
            var reads = ledger.Reads(subject);
            using var measured = new MeasureListener();

            (await start.NewFold(services).ScoreBelow(12, TestCity.Today, start))!.Score.ShouldBe(TestProgrammes.Floor + 70);
            ledger.Reads(subject).ShouldBe(reads + 1, "the entries in the snapshot are read");
            measured.Sum("scoring.subjects.snapshot_reads{result=miss}").ShouldBe(1);
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(5)]
    public async Task A_fold_starts_with_one_read(int inSnapshot)
    {
        var (ledger, subject) = await WithSnapshot(inSnapshot);
        var services = SubjectGrainTests.Services(ledger);
        using var measured = new MeasureListener();
        var start = (await FoldStart.Read(subject, services))!;
        var fold = start.NewFold(services);
        (await fold.ScoreBelow(9, TestCity.Today, start))!.Score.ShouldBe(TestProgrammes.Floor + 49);
        fold.Turn.ShouldBe(11, "what was read beyond the query is folded too");
        measured.Sum($"scoring.subjects.snapshot_reads{{result={(inSnapshot == 0 ? "none" : "hit")}}}").ShouldBe(1);
        measured.Sum("scoring.subjects.folded{road=ledger}").ShouldBe(8 - inSnapshot);
        ledger.Reads(subject).ShouldBe(1);
        var whole = (await FoldStart.ReadWhole(subject, services))!;
        var other = whole.NewFold(services);
        other.Explain(whole).Score.ShouldBe(TestProgrammes.Floor + 70);
        other.Turn.ShouldBe(11);
        ledger.Reads(subject).ShouldBe(2);
        await other.WaitForSnapshot();
        ledger.SnapshotsWritten.ShouldBe(inSnapshot == 0 ? 0 : 1);
    }

    [Fact]
    public async Task A_fold_uses_no_read_of_a_ledger_that_was_replaced_meanwhile()
    {
        var (ledger, subject) = await WithSnapshot(5);
        var services = SubjectGrainTests.Services(ledger);
        ledger.BeforeRead = _ =>
        {
            services.Incarnation.Advance();
            ledger.BeforeRead = null;
            return Task.CompletedTask;
        };
        var start = (await FoldStart.Read(subject, services))!;
        (await start.NewFold(services).ScoreBelow(12, TestCity.Today, start))!.Score.ShouldBe(TestProgrammes.Floor + 70);
        ledger.Reads(subject).ShouldBe(2);
        var whole = (await FoldStart.ReadWhole(subject, services))! with { Incarnation = 0 };
        var fold = whole.NewFold(services);
        fold.Explain(whole);
        fold.Turn.ShouldBe(0);
    }

    /// <summary>A subject with 10 events worth 7 points each, and a snapshot of its first turns.</summary>
    private static async Task<(MemoryLedger Ledger, SubjectId Subject)> WithSnapshot(int turns)
    {
        var ledger = new MemoryLedger(1);
        var subject = ledger.Add(1, SubjectKind.Vehicle, TestProgrammes.Vehicles);
        for (var i = 0; i < 10; i++) ledger.Append(subject, EntryKind.Event, TestCity.Today, TestProgrammes.Body(7));
        if (turns == 0) return (ledger, subject);
        var rules = TestProgrammes.Documents.Compile().Find(TestProgrammes.Vehicles)!;
        var state = new FoldState();
        foreach (var entry in ledger.EntriesOf(subject).Take(turns)) state.Apply(entry, rules);
        await ledger.WriteSnapshot(subject, new Snapshot(turns, rules.Hash, FoldState.FoldVersion, state.Save()), CancellationToken.None);
        return (ledger, subject);
    }
}
