using Orleans.EventSourcing;
using Orleans.Providers;
using Scoring.Peers.Entrance;
using Scoring.Peers.Scores;

namespace Scoring.Peers.Grains;

/// <summary>Raises an event, and waits until it is confirmed, which is when it is stored.</summary>
public abstract class JournaledSubject(ScoringRules rules, int keysMax) : JournaledGrain<SubjectScore, PeerEvent>, ISubjectGrain
{
    /// <inheritdoc/>
    public async Task Add(PeerEvent one)
    {
        if (State.Has(one)) return;
        RaiseEvent(one);
        await ConfirmEvents();
    }

    /// <inheritdoc/>
    public Task<PeerScore> Read() => Task.FromResult(State.Read(rules));

    /// <inheritdoc/>
    protected override void TransitionState(SubjectScore state, PeerEvent delta) => state.Count(delta, rules, keysMax);
}

/// <summary>Stores the state that the journal leads to, and no events.</summary>
[LogConsistencyProvider(ProviderName = GrainPeer.StateStorage), StorageProvider(ProviderName = GrainPeer.Storage)]
public sealed class JournaledSubjectGrain(ScoringRules rules) : JournaledSubject(rules, rules.StoredKeysMax), IJournaledSubjectGrain;

/// <summary>Stores all events as one object, so all keys are known.</summary>
[LogConsistencyProvider(ProviderName = GrainPeer.LogStorage), StorageProvider(ProviderName = GrainPeer.Storage)]
public sealed class LoggedSubjectGrain(ScoringRules rules) : JournaledSubject(rules, int.MaxValue), ILoggedSubjectGrain;
