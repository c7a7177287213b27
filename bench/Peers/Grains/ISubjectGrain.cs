using Scoring.Peers.Entrance;

namespace Scoring.Peers.Grains;

/// <summary>One subject; its key is the handle.</summary>
[Alias("peers.subject")]
public interface ISubjectGrain : IGrainWithStringKey
{
    /// <summary>Counts an event. Returns when it is stored.</summary>
    [Alias("Add")]
    Task Add(PeerEvent one);

    /// <summary>Returns the score.</summary>
    [Alias("Read")]
    Task<PeerScore> Read();
}

/// <summary>A subject with <c>IPersistentState</c>.</summary>
[Alias("peers.persisted-subject")]
public interface IPersistedSubjectGrain : ISubjectGrain;

/// <summary>A subject that stores the state which its journal leads to.</summary>
[Alias("peers.journaled-subject")]
public interface IJournaledSubjectGrain : ISubjectGrain;

/// <summary>A subject that stores its journal.</summary>
[Alias("peers.logged-subject")]
public interface ILoggedSubjectGrain : ISubjectGrain;
