using System.Runtime.CompilerServices;
using Scoring.Administration;
using Scoring.Ledger;
using Scoring.Programmes;
using Scoring.Storage;
using Scoring.Subjects;

namespace Scoring.Simulation;

/// <summary>A door before the ledger in memory. A test can hold its reads, make them fail and count them.</summary>
internal sealed class HeldSimulationLedger(MemoryLedger ledger) : ISimulationLedger
{
    private TaskCompletionSource _open = Opened();
    private int _reads;

    public bool Fails { get; set; }

    public int Reads => Volatile.Read(ref _reads);

    /// <summary>Set when a read has begun; it waits while the ledger is held.</summary>
    public TaskCompletionSource Waiting { get; private set; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Set when a waiting read was cancelled.</summary>
    public TaskCompletionSource Cancelled { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Set when a read has failed.</summary>
    public TaskCompletionSource Failed { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Hold()
    {
        Waiting = new(TaskCreationOptions.RunContinuationsAsynchronously);
        _open = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    public void Release() => _open.TrySetResult();

    public async Task Enrol(SubjectId subject, DateOnly since) => await ledger.Enrol(
        Some.Enrolment(Some.Locators()) with { Subject = subject, Programme = SimulatedCity.Programme, Day = since },
        CancellationToken.None);

    public void Withdraw(SubjectId subject) => ledger.Erase(subject);

    public void Append(SubjectId subject, DateOnly day, byte[] body) => ledger.Append(subject, EntryKind.Event, day, body);

    public Task<long[]> Positions(CancellationToken cancellationToken) => ledger.Positions(cancellationToken);

    public Task<IReadOnlyList<(SubjectId Subject, DateOnly Since)>> Subjects(
        ProgrammeId programme, int partition, long last, CancellationToken cancellationToken) =>
        ledger.Subjects(programme, partition, last, cancellationToken);

    public async IAsyncEnumerable<Entry> Read(int partition, long last, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _reads);
        Waiting.TrySetResult();
        try
        {
            await _open.Task.WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            Cancelled.TrySetResult();
            throw;
        }
        if (Fails)
        {
            Failed.TrySetResult();
            throw new LedgerUnavailableException();
        }
        await foreach (var entry in ledger.Read(partition, last, cancellationToken)) yield return entry;
    }

    private static TaskCompletionSource Opened()
    {
        var open = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        open.SetResult();
        return open;
    }
}
