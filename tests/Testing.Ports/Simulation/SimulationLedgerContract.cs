using Scoring.Enrolments;
using Scoring.Ledger;
using Scoring.Storage;
using Scoring.Subjects;

namespace Scoring.Simulation;

/// <summary>The contract that every ledger of simulations keeps.</summary>
public abstract class SimulationLedgerContract : LedgerStageTest
{
    [Fact]
    public async Task It_reads_what_a_fold_needs_up_to_the_last_positions_in_order_and_nothing_of_who_left()
    {
        var handles = Enumerable.Range(0, 8).Select(_ => Some.Handle()).ToArray();
        var enrolled = new List<NewEnrolment>();
        foreach (var handle in handles) enrolled.Add(await Enrol(handle));
        for (var i = 0; i < 5; i++) await Send();
        var last = await Stage.Simulation.Positions(Cancel);
        await Send();

        var read = await ReadAll(last);
        read.Count.ShouldBe(8 * 5, "neither enrolments nor handles, and nothing after the last positions");
        read.ShouldAllBe(e => e.Kind == EntryKind.Event && e.Day == Some.Day && e.Position <= last[e.Partition]);
        read.GroupBy(e => e.Partition).ShouldAllBe(rows => rows.Select(e => e.Position).SequenceEqual(
            rows.Select(e => e.Position).Distinct().Order()));
        var whole = new List<Entry>();
        foreach (var enrolment in enrolled) whole.AddRange(await History(enrolment));
        read.Select(Place).ShouldBeSubsetOf(whole.Select(Place));

        await Enrolments.Withdraw(enrolled[0].Locators[0], Some.Day, Some.Request, Cancel);
        (await ReadAll(last)).Select(e => e.Subject).Distinct().ShouldBe(
            enrolled.Skip(1).Select(enrolment => enrolment.Subject), ignoreOrder: true);

        Task Send() => Ledger.AppendEvents([.. handles.Select(handle => Some.Event(handle.Hash))], Cancel);
    }

    [Fact]
    public async Task It_lists_the_unrestricted_subjects_of_one_programme_and_partition_enrolled_up_to_a_position()
    {
        var mine = await Enrol();
        await Enrolments.Enrol(Some.Enrolment(Some.Locators()) with { Programme = Some.OtherProgramme }, Cancel);
        var restricted = await Enrol();
        await Enrolments.Restrict(restricted.Locators[0], true, Some.Entry(EntryKind.Restricted), Cancel);
        var left = await Enrol();
        await Enrolments.Withdraw(left.Locators[0], Some.Day, Some.Request, Cancel);
        var last = await Stage.Simulation.Positions(Cancel);
        await Enrol();
        var found = new List<(SubjectId, DateOnly)>();
        for (var partition = 0; partition < last.Length; partition++)
            found.AddRange(await Stage.Simulation.Subjects(Some.Programme, partition, last[partition], Cancel));
        found.ShouldBe([(mine.Subject, Some.Day)]);
    }

    private static (int, long, SubjectId, long) Place(Entry entry) => (entry.Partition, entry.Position, entry.Subject, entry.Turn);

    private async Task<List<Entry>> ReadAll(long[] last)
    {
        var read = new List<Entry>();
        for (var partition = 0; partition < last.Length; partition++)
            await foreach (var entry in Stage.Simulation.Read(partition, last[partition], Cancel)) read.Add(entry);
        return read;
    }
}
