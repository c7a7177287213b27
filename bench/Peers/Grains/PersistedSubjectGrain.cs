using Scoring.Peers.Entrance;
using Scoring.Peers.Scores;

namespace Scoring.Peers.Grains;

/// <summary>Counts an event in memory, and writes the whole state before it answers.</summary>
public sealed class PersistedSubjectGrain(
    [PersistentState("score", GrainPeer.Storage)] IPersistentState<SubjectScore> stored, ScoringRules rules) : Grain, IPersistedSubjectGrain
{
    /// <inheritdoc/>
    public async Task Add(PeerEvent one)
    {
        if (stored.State.Has(one)) return;
        stored.State.Count(one, rules, rules.StoredKeysMax);
        try
        {
            await stored.WriteStateAsync();
        }
        catch
        {
            DeactivateOnIdle(); // the memory is ahead of the database
            throw;
        }
    }

    /// <inheritdoc/>
    public Task<PeerScore> Read() => Task.FromResult(stored.State.Read(rules));
}
