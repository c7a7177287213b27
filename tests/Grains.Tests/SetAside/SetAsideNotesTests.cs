using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Scoring.Clocks;
using Scoring.Ledger;
using Scoring.Programmes;
using Scoring.Recomputing;
using Scoring.Rules;
using Scoring.Scores;
using Scoring.Subjects;
using Scoring.Testing;

namespace Scoring.SetAside;

public sealed class SetAsideNotesTests
{
    private static readonly byte[] UnknownType = """{"data":{},"source":"s","type":"traffic.flight"}"""u8.ToArray();

    private readonly RecordingSetAsideStore _store = new();
    private readonly FakeTimeProvider _machine = new();
    private readonly LogLines<SetAsideNotes> _log = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_note_is_stored_once_and_says_what_a_fold_could_not_value()
    {
        var notes = Notes();
        var subject = Subject(1);
        var receipt = notes.Add(Entry(subject, 7));
        notes.IsStored(receipt).ShouldBeFalse();
        notes.Add(Entry(subject, 7)).ShouldBeGreaterThan(receipt);
        (await notes.Store(_store, Cancel)).ShouldBe(1);
        notes.IsStored(receipt).ShouldBeTrue();
        (await notes.Store(_store, Cancel)).ShouldBe(0);
        var noted = _store.Noted.ShouldHaveSingleItem();
        (noted.Subject, noted.Turn, noted.Programme, noted.Kind, noted.Fault).ShouldBe(
            (subject, 7L, TestProgrammes.Vehicles, EntryKind.Event, EntryFault.MemberMissing));
        noted.ToString().ShouldBe(nameof(SetAsideEntry));
    }

    [Fact]
    public async Task A_note_waits_while_the_store_fails_and_no_later_one_passes_as_stored()
    {
        var notes = Notes();
        var first = notes.Add(Entry(Subject(1), 1));
        _store.Fails = true;
        await Should.ThrowAsync<LedgerUnavailableException>(() => notes.Store(_store, Cancel));
        var second = notes.Add(Entry(Subject(2), 1));
        (notes.IsStored(first), notes.IsStored(second)).ShouldBe((false, false));
        _store.Fails = false;
        (await notes.Store(_store, Cancel)).ShouldBe(2);
        (notes.IsStored(first), notes.IsStored(second)).ShouldBe((true, true));
    }

    [Fact]
    public async Task A_note_without_a_place_is_never_stored_and_the_next_fold_makes_it_again()
    {
        var notes = Notes(waitingMax: 2);
        notes.Add(Entry(Subject(1), 1));
        notes.Add(Entry(Subject(2), 1));
        notes.Add(Entry(Subject(1), 1)).ShouldNotBe(SetAsideNotes.NoPlace, "it has its place already");
        var third = notes.Add(Entry(Subject(3), 1));
        await notes.Store(_store, Cancel);
        notes.IsStored(third).ShouldBeFalse();
        notes.IsStored(notes.Add(Entry(Subject(3), 1))).ShouldBeFalse();
        (await notes.Store(_store, Cancel)).ShouldBe(1);
    }

    [Fact]
    public void The_log_tells_each_reason_once_in_its_time()
    {
        var notes = Notes();
        for (var turn = 1; turn <= 1000; turn++) notes.Add(Entry(Subject(1), turn));
        _log.Lines.ShouldHaveSingleItem().ShouldContain("safe-driver");
        notes.Add(Entry(Subject(1), 1001) with { Fault = EntryFault.CodeUnknown });
        _log.Lines.Count.ShouldBe(2);
        _machine.Advance(TimeSpan.FromMinutes(60));
        notes.Add(Entry(Subject(1), 1002));
        _log.Lines.Count.ShouldBe(3);
    }

    [Fact]
    public async Task A_fold_keeps_no_snapshot_before_its_set_aside_entries_are_noted()
    {
        var ledger = new MemoryLedger(1);
        var subject = ledger.Add(1, SubjectKind.Vehicle, TestProgrammes.Vehicles);
        ledger.Append(subject, EntryKind.Event, Hosting.TestCity.Today, UnknownType);
        for (var i = 0; i < 250; i++) ledger.Append(subject, EntryKind.Event, Hosting.TestCity.Today, TestProgrammes.Body(7));
        var notes = Notes();
        var fold = new SubjectFold(subject, TestProgrammes.Vehicles, Services(ledger, notes));
        await fold.CatchUp();
        await fold.WaitForSnapshot();
        ledger.SnapshotOf(subject).ShouldBeNull();

        await notes.Store(_store, Cancel);
        await fold.CatchUp();
        await fold.WaitForSnapshot();
        ledger.SnapshotOf(subject).ShouldNotBeNull();
        var noted = _store.Noted.ShouldHaveSingleItem();
        (noted.Subject, noted.Turn, noted.Fault, noted.RuleSet, noted.EventType).ShouldBe(
            (subject, ledger.EntriesOf(subject)[1].Turn, EntryFault.EventTypeUnknown, 1, "traffic.flight"));
    }

    private SetAsideNotes Notes(int waitingMax = 10_000) => new(
        Options.Create(new SetAsideOptions { WaitingMax = waitingMax }), _machine, _log);

    private static SubjectId Subject(long number) => new(number);

    private static SetAsideEntry Entry(SubjectId subject, long turn) => new(
        subject, turn, TestProgrammes.Vehicles, EntryKind.Event, Hosting.TestCity.Today, null, 1, EntryFault.MemberMissing,
        new string('a', 64), FoldState.FoldVersion);

    internal static SubjectDependencies Services(ILedger ledger, SetAsideNotes notes)
    {
        var book = new CurrentRuleBook(Options.Create(new RuleBookOptions()), TimeProvider.System);
        book.Renew(TestProgrammes.Documents.Compile(), TestProgrammes.Documents.Publish(default));
        return new SubjectDependencies(
            ledger, new LedgerIncarnation(), book, new ProgrammeClock(TimeProvider.System), Options.Create(new SubjectOptions()),
            new ActiveFolds(), new PartitionSubscriptions(TimeProvider.System), FakeReferenceClock.Guard(TimeProvider.System), notes,
            NullLogger<SubjectDependencies>.Instance);
    }
}
