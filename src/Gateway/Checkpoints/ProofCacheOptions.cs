using System.ComponentModel.DataAnnotations;

namespace Scoring.Checkpoints;

/// <summary>Options of the cache of public proofs.</summary>
public sealed class ProofCacheOptions
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "Gateway:Proofs";

    /// <summary>The maximum number of proofs that this process keeps.</summary>
    [Range(1, 10_000)]
    public int CacheEntriesMax { get; set; } = 256;

    /// <summary>
    /// How long this process and caches on the way may keep a proof, in seconds. A proof changes only when a restored backup gives the
    /// number of a checkpoint to another one.
    /// </summary>
    [Range(1, 86_400)]
    public int CacheSeconds { get; set; } = 3600;
}
