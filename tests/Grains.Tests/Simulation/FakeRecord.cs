using System.Collections.Immutable;
using System.Text;
using Scoring.Administration;
using Scoring.Programmes;
using Scoring.Rules;

namespace Scoring.Tests.Simulation;

/// <summary>The record and what is published, in memory. A simulation publishes nothing, so those acts are refused loudly.</summary>
internal sealed class FakeRecord(DocumentSet documents) : IProgrammeStore
{
    private readonly Lock _gate = new();
    private readonly List<NewAct> _acts = [];

    public DocumentSet Documents { get; set; } = documents;

    public ImmutableHashSet<ProgrammeId> Ended { get; set; } = [];

    /// <summary>What a writer of acts waits for; nothing by default.</summary>
    public Task Open { get; set; } = Task.CompletedTask;

    /// <summary>Set when somebody is about to write.</summary>
    public TaskCompletionSource Writing { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public ImmutableArray<NewAct> Acts
    {
        get
        {
            lock (_gate) return [.. _acts];
        }
    }

    public Task<PublishedState> Read(CancellationToken cancel) => Task.FromResult(
        new PublishedState(Documents, [], Ended, ImmutableDictionary<string, RegistrationStatus>.Empty));

    public async Task<long> Record(NewAct act, CancellationToken cancel)
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

    public Task<IReadOnlyList<RecordedAct>> ReadRecord(ProgrammeId programme, long after, int count, CancellationToken cancel)
    {
        lock (_gate)
        {
            return Task.FromResult<IReadOnlyList<RecordedAct>>([.. _acts.Select((act, index) => new RecordedAct(
                    index + 1, index + 1, act.Act, act.Programme, act.By, act.At, act.Hash, act.Words,
                    act.Details is null ? null : Encoding.UTF8.GetString(act.Details)))
                .Where(act => act.Number > after && (act.Programme is null || act.Programme == programme)).Take(count)]);
        }
    }

    public Task<long> Publish(ProgrammeVersion version, NewAct act, CancellationToken cancel) => throw Unexpected();

    public Task<long> SetSuspended(ProgrammeId programme, bool suspended, NewAct act, CancellationToken cancel) => throw Unexpected();

    public Task<long> EndProgramme(ProgrammeId programme, NewAct act, CancellationToken cancel) => throw Unexpected();

    public Task<long> Register(
        RegistrationKind kind, string id, byte[] document, RegistrationStatus status, NewAct act, CancellationToken cancel) =>
        throw Unexpected();

    private static InvalidOperationException Unexpected() => new("A simulation does nothing but record its act.");
}
