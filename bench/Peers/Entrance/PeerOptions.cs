namespace Scoring.Peers.Entrance;

/// <summary>Options of a peer's process, in the configuration section <c>Peer</c>.</summary>
public sealed class PeerOptions
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "Peer";

    /// <summary>How scores are kept.</summary>
    public PeerKind Kind { get; set; }

    /// <summary>The database of this peer alone. It keeps what earlier starts wrote.</summary>
    public string ConnectionString { get; set; } = "";

    /// <summary>The programme whose rules give the points.</summary>
    public string Programme { get; set; } = "";

    /// <summary>
    /// How many keys of a subject's last events are stored with its state, to refuse an event that is sent again. Default 0: the state is
    /// the score alone. It concerns the peers that store a state and no events.
    /// </summary>
    public int StoredKeysMax { get; set; }

    /// <summary>The first of two free ports for the cluster protocols of Orleans and Akka.</summary>
    public int Port { get; set; }
}

/// <summary>How a peer keeps scores.</summary>
public enum PeerKind
{
    /// <summary>None was chosen.</summary>
    None = 0,

    /// <summary>Orleans grains with <c>IPersistentState</c>, written after each event.</summary>
    OrleansState = 1,

    /// <summary>Orleans <c>JournaledGrain</c> that stores its latest state.</summary>
    OrleansJournaled = 2,

    /// <summary>Orleans <c>JournaledGrain</c> that stores its log of events as one object.</summary>
    OrleansJournaledLog = 3,

    /// <summary>Akka.NET persistent actors in Cluster Sharding.</summary>
    Akka = 4,

    /// <summary>One INSERT for each request.</summary>
    MinimalApi = 5,
}
