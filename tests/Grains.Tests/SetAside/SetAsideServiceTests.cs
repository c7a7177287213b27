using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Scoring.Background;
using Scoring.Clocks;
using Scoring.Enrolments;
using Scoring.Hosting;
using Scoring.Ledger;
using Scoring.Programmes;
using Scoring.Rules;
using Scoring.Scores;
using Scoring.Subjects;
using Scoring.Testing;

namespace Scoring.SetAside;

public sealed class SetAsideServiceTests : ISubjectMemory
{
    private static readonly byte[] UnknownType = """{"data":{},"source":"s","type":"traffic.flight"}"""u8.ToArray();

    private readonly RecordingSetAsideStore _store = new();
    private readonly MemoryLedger _ledger = new(1);
    private readonly FakeTimeProvider _machine = new();
    private readonly LogLines<SetAsideService> _log = new();
    private readonly HashSet<SubjectId> _unreachable = [];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    Task ISubjectMemory.Forget(SubjectKind kind, SubjectId subject)
    {
        _store.Steps.Add("forget");
        return _unreachable.Contains(subject) ? throw new LedgerUnavailableException() : Task.CompletedTask;
    }

    [Fact]
    public async Task A_replay_folds_from_the_first_turn_and_replaces_snapshot_live_fold_and_notes()
    {
        var subject = Subject(1, UnknownType, TestProgrammes.Body(7), TestProgrammes.Body(-3));
        (await Service().Replay(Cancel)).ShouldBe(1);
        _store.Steps.ShouldBe(["drop", "forget", "settle", "forget", "end"]);
        var (entries, snapshot) = _store.Settled[subject];
        entries.Select(entry => (entry.Subject, entry.Fault, entry.EventType)).ShouldBe(
            [(subject, EntryFault.EventTypeUnknown, "traffic.flight")]);
        var state = FoldState.Load(snapshot.State);
        (state.Turn, snapshot.Turn).ShouldBe((_ledger.EntriesOf(subject)[^1].Turn, _ledger.EntriesOf(subject)[^1].Turn));
        var rules = TestProgrammes.Documents.Compile().Find(TestProgrammes.Vehicles).ShouldNotBeNull();
        (snapshot.RuleBookHash, snapshot.FoldVersion).ShouldBe((rules.Hash, FoldState.FoldVersion));
        state.ScoreOn(TestCity.Today, rules).Score.ShouldBe(TestProgrammes.Floor + 4);
    }

    [Fact]
    public async Task A_subject_that_cannot_be_folded_now_stops_no_other_and_the_replay_does_not_end()
    {
        var failing = Subject(1, UnknownType);
        var other = Subject(2, TestProgrammes.Body(7));
        _unreachable.Add(failing);
        await Should.ThrowAsync<InvalidOperationException>(() => Service().Replay(Cancel));
        _store.Settled.Keys.ShouldBe([other]);
        _store.Steps.ShouldNotContain("end");
        _unreachable.Clear();
        await Service().Replay(Cancel);
        _store.Settled.Keys.ShouldBe([other, failing]);
    }

    [Fact]
    public async Task The_alarm_tells_one_entry_at_once_and_again_at_a_bounded_rate_until_there_is_none()
    {
        var service = Service();
        (await service.Report(Cancel)).ShouldBe(0);
        _log.Lines.ShouldBeEmpty();
        _store.Entries = 1;
        for (var look = 0; look < 10; look++) (await service.Report(Cancel)).ShouldBe(1);
        _log.Lines.ShouldHaveSingleItem().ShouldStartWith("Error 2104");
        _machine.Advance(TimeSpan.FromMinutes(60));
        await service.Report(Cancel);
        _log.Lines.Count.ShouldBe(2);
        _store.Entries = 0;
        await service.Report(Cancel);
        _store.Entries = 1;
        await service.Report(Cancel);
        _log.Lines.Count.ShouldBe(3, "a new case is told at once");
    }

    private SubjectId Subject(long number, params byte[][] bodies)
    {
        var subject = _ledger.Add(number, SubjectKind.Vehicle, TestProgrammes.Vehicles);
        foreach (var body in bodies) _ledger.Append(subject, EntryKind.Event, TestCity.Today, body);
        _store.Due.Add(new SetAsideSubject(number, subject, SubjectKind.Vehicle, TestProgrammes.Vehicles));
        return subject;
    }

    private SetAsideService Service()
    {
        var notes = TestNotes.New();
        var steps = new BackgroundStepRunner(
            FakeReferenceClock.Guard(TimeProvider.System), Options.Create(new BackgroundOptions()), TimeProvider.System,
            NullLogger<BackgroundStepRunner>.Instance);
        return new SetAsideService(
            new SetAsideServiceDependencies(
                notes, _store, new SetAsideReplayer(_store, this, SetAsideNotesTests.Services(_ledger, notes)),
                Options.Create(new SetAsideOptions())),
            steps, _machine, _log);
    }
}
