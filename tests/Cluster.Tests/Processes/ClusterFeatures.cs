namespace Scoring.Processes;

/// <summary>What a cluster is set up with so that some faults can be injected.</summary>
[Flags]
internal enum ClusterFeatures
{
    None = 0,

    /// <summary>Every silo has a network namespace of its own, so that it can be cut off from the others. Needs root.</summary>
    PeerNetwork = 1,

    /// <summary>Every silo reaches PostgreSQL through a relay of its own, which can stop.</summary>
    DatabaseRelay = 2,

    /// <summary>Every silo and gateway has a clock of its own. Needs libfaketime.</summary>
    OwnClocks = 4,

    /// <summary>PostgreSQL has a synchronous standby, which can be promoted.</summary>
    Standby = 8,

    /// <summary>PostgreSQL has a small file system of its own, which can be filled. Needs root.</summary>
    SmallDisk = 16,
}
