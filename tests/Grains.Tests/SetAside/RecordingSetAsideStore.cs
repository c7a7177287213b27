using Scoring.Administration;
using Scoring.Ledger;
using Scoring.Programmes;
using Scoring.Subjects;

namespace Scoring.SetAside;

/// <summary>Records what is stored, and can fail. It answers what a test says.</summary>
internal sealed class RecordingSetAsideStore : ISetAsideStore, IAsyncDisposable
{
    public bool Fails { get; set; }

    /// <summary>The number of notes that it tells.</summary>
    public long Entries { get; set; }

    /// <summary>The counts that it tells.</summary>
    public List<SetAsideCount> Counts { get; } = [];

    /// <summary>The subjects of the requested replays.</summary>
    public List<SetAsideSubject> Due { get; } = [];

    public List<SetAsideEntry> Noted { get; } = [];

    /// <summary>What was done, in order.</summary>
    public List<string> Steps { get; } = [];

    public Dictionary<SubjectId, (IReadOnlyCollection<SetAsideEntry> Entries, Snapshot Snapshot)> Settled { get; } = [];

    public Task Note(IReadOnlyCollection<SetAsideEntry> entries, CancellationToken cancellationToken)
    {
        if (Fails) throw new LedgerUnavailableException();
        Noted.AddRange(entries);
        return Task.CompletedTask;
    }

    public Task<IReadOnlyList<SetAsideCount>> Count(CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<SetAsideCount>>([.. Counts]);

    public Task<long> CountUpTo(int max, CancellationToken cancellationToken) => Task.FromResult(Math.Min(Entries, max));

    public Task<IReadOnlyList<ProgrammeId>> ReadReplays(CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<ProgrammeId>>([.. Due.Select(due => due.Programme).Distinct()]);

    public Task RequestReplay(NewAdminAction act, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<IReadOnlyList<SetAsideSubject>> ReadDue(long after, int count, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<SetAsideSubject>>([.. Due.Where(due => due.Number > after).Take(count)]);

    public Task DropSnapshot(SubjectId subject, CancellationToken cancellationToken)
    {
        Steps.Add("drop");
        return Task.CompletedTask;
    }

    public Task Settle(
        SubjectId subject, IReadOnlyCollection<SetAsideEntry> entries, Snapshot snapshot, CancellationToken cancellationToken)
    {
        Steps.Add("settle");
        Settled[subject] = (entries, snapshot);
        return Task.CompletedTask;
    }

    public Task EndReplays(CancellationToken cancellationToken)
    {
        Steps.Add("end");
        return Task.CompletedTask;
    }

    public Task<IAsyncDisposable?> TryLock(CancellationToken cancellationToken) => Task.FromResult<IAsyncDisposable?>(this);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
