using System.Collections.Immutable;
using System.Text;
using Scoring.Administration;
using Scoring.Programmes;
using Scoring.Rules;

namespace Scoring.Simulation;

/// <summary>Keeps the record and the published documents in memory. A simulation publishes nothing, so every other act throws.</summary>
internal sealed class FakeProgrammeStore(DocumentSet documents) : IProgrammeStore
{
    private readonly Lock _gate = new();
    private readonly List<NewAdminAction> _acts = [];

    public DocumentSet Documents { get; set; } = documents;

    public ImmutableHashSet<ProgrammeId> Ended { get; set; } = [];

    /// <summary>A task that each write of an act awaits first.</summary>
    public Task Open { get; set; } = Task.CompletedTask;

    /// <summary>Set when a write of an act begins.</summary>
    public TaskCompletionSource Writing { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public ImmutableArray<NewAdminAction> Acts
    {
        get
        {
            lock (_gate) return [.. _acts];
        }
    }

    public Task<PublishedState> Read(CancellationToken cancellationToken) => Task.FromResult(
        new PublishedState(Documents, [], Ended, ImmutableDictionary<string, RegistrationStatus>.Empty));

    public async Task<long> Record(NewAdminAction act, CancellationToken cancellationToken)
    {
        Writing.TrySetResult();
        await Open;
        lock (_gate)
        {
            if (_acts.FindIndex(other => other.Key == act.Key) is >= 0 and var known) return known + 1;
            _acts.Add(act);
            return _acts.Count;
        }
    }

    public Task<IReadOnlyList<RecordedAdminAction>> ReadRecord(
        ProgrammeId programme, long after, int count, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            return Task.FromResult<IReadOnlyList<RecordedAdminAction>>([.. _acts.Select((act, index) => new RecordedAdminAction(
                    index + 1, index + 1, act.Act, act.Programme, act.By, act.At, act.Hash, act.Words,
                    act.Details is null ? null : Encoding.UTF8.GetString(act.Details)))
                .Where(act => act.Number > after && (act.Programme is null || act.Programme == programme)).Take(count)]);
        }
    }

    public Task<long> Publish(ProgrammeVersion version, NewAdminAction act, CancellationToken cancellationToken) => throw Unexpected();

    public Task<long> SetSuspended(ProgrammeId programme, bool suspended, NewAdminAction act, CancellationToken cancellationToken) =>
        throw Unexpected();

    public Task<long> EndProgramme(ProgrammeId programme, NewAdminAction act, CancellationToken cancellationToken) => throw Unexpected();

    public Task<long> Register(
        RegistrationKind kind, string id, byte[] document, RegistrationStatus status, NewAdminAction act,
        CancellationToken cancellationToken) =>
        throw Unexpected();

    private static InvalidOperationException Unexpected() => new("A simulation only records its act.");
}
