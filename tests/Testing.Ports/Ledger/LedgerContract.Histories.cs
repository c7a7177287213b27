using System.Text;
using Scoring.Enrolments;
using Scoring.Storage;
using Scoring.Subjects;

namespace Scoring.Ledger;

/// <content>Histories with which folds start.</content>
public abstract partial class LedgerContract
{
    [Fact]
    public async Task A_history_is_the_snapshot_with_the_entries_after_it_or_all_entries()
    {
        var handle = Some.Handle();
        var enrolled = await Enrol(handle);
        await Ledger.AppendEvents([.. Enumerable.Range(0, 5).Select(i => Some.Event(handle.Hash, content: $"{i}"))], Cancel);
        var forFold = await Ledger.ReadForFold(enrolled.Subject, 0, 1000, Cancel);
        await ShouldRead(HistoryStart.Snapshot, 1000, null, forFold);
        await Ledger.WriteSnapshot(enrolled.Subject, new Snapshot(4, "ab", 1, [1, 2]), Cancel);
        await ShouldRead(HistoryStart.Snapshot, 1000, 4, forFold.Skip(4));
        await ShouldRead(HistoryStart.FirstEntry, 1000, 4, forFold);
        await ShouldRead(HistoryStart.Snapshot, 2, 4, forFold.Skip(4).Take(2));
        await ShouldRead(HistoryStart.FirstEntry, 3, 4, forFold.Take(3));
        await Ledger.WriteSnapshot(enrolled.Subject, new Snapshot(7, "ab", 1, [1, 2]), Cancel);
        await ShouldRead(HistoryStart.Snapshot, 1000, 7, []);
        await Enrolments.Withdraw(enrolled.Locators[0], Some.Day, Some.Request, Cancel);
        (await Ledger.ReadHistory(enrolled.Subject, HistoryStart.FirstEntry, 1000, Cancel)).ShouldBeNull();

        async Task ShouldRead(HistoryStart start, int count, long? snapshot, IEnumerable<Entry> entries)
        {
            var history = (await Ledger.ReadHistory(enrolled.Subject, start, count, Cancel)).ShouldNotBeNull();
            history.Record.ShouldBe(await Ledger.FindSubject(enrolled.Subject, Cancel));
            (history.Snapshot?.Turn).ShouldBe(snapshot);
            if (history.Snapshot is { } read) (read.RuleBookHash, read.FoldVersion, read.State.Length).ShouldBe(("ab", 1, 2));
            history.Entries.Select(Shown).ShouldBe(entries.Select(Shown));
        }

        static (int, long, SubjectId, long, EntryKind, DateOnly, string) Shown(Entry entry) => (
            entry.Partition, entry.Position, entry.Subject, entry.Turn, entry.Kind, entry.Day, Encoding.UTF8.GetString(entry.Body));
    }

    [Fact]
    public async Task Histories_that_are_read_at_the_same_time_are_each_subjects_own()
    {
        var handles = Enumerable.Range(0, 40).Select(_ => Some.Handle()).ToArray();
        var subjects = new List<NewEnrolment>();
        foreach (var handle in handles) subjects.Add(await Enrol(handle));
        await Ledger.AppendEvents(
            [.. handles.SelectMany((handle, n) => Enumerable.Range(0, n).Select(i => Some.Event(handle.Hash, content: $"{i}")))], Cancel);
        await Enrolments.Withdraw(subjects[7].Locators[0], Some.Day, Some.Request, Cancel);

        var histories = await Task.WhenAll(subjects.SelectMany(
            (enrolled, n) => new[] { HistoryStart.Snapshot, HistoryStart.FirstEntry }.Select(
                start => Ledger.ReadHistory(enrolled.Subject, start, n + 1, Cancel))));
        for (var n = 0; n < histories.Length; n++)
        {
            var enrolled = subjects[n / 2];
            var count = n / 2;
            if (count == 7)
            {
                histories[n].ShouldBeNull();
                continue;
            }
            var history = histories[n].ShouldNotBeNull();
            history.Record.Subject.ShouldBe(enrolled.Subject);
            history.Entries.ShouldAllBe(entry => entry.Subject == enrolled.Subject);
            history.Entries.Select(entry => entry.Turn).ShouldBe(Enumerable.Range(1, count + 1).Select(i => (long)i));
        }
    }
}
