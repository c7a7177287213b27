using System.Collections.Immutable;

namespace Scoring.Checkpoints;

/// <summary>
/// The platform's checkpoints, for everyone to read. A reentrant stateless worker with key 0 that keeps nothing but its own reads.
/// </summary>
[Alias("scoring.ICheckpointGrain"), GrainInterfaceType("checkpoint")]
public interface ICheckpointGrain : IGrainWithIntegerKey
{
    /// <summary>The latest checkpoint; <see langword="null"/> before the first.</summary>
    [Alias("Latest")]
    Task<Checkpoint?> Latest();

    /// <summary>One checkpoint by its number; <see langword="null"/> when there is none.</summary>
    [Alias("Find")]
    Task<Checkpoint?> Find(long number);

    /// <summary>Proof that a checkpoint extends an earlier one; <see langword="null"/> when one of the two is not there.</summary>
    /// <param name="earlier">The earlier number, from 1.</param>
    /// <param name="later">The later number, not below <paramref name="earlier"/>.</param>
    [Alias("Consistency")]
    Task<ConsistencyProof?> Consistency(long earlier, long later);

    /// <summary>
    /// Hands a witness a checkpoint with the proof that it extends the one they saw last, and keeps their cosignature when they give one.
    /// </summary>
    /// <param name="number">The checkpoint.</param>
    /// <param name="seen">The number they saw last; 0 for none, which needs no proof.</param>
    /// <param name="cosignature">
    /// A signature line of a C2SP signed note by a witness known here, over this checkpoint; <see langword="null"/> to be handed it only.
    /// </param>
    [Alias("Witness")]
    Task<WitnessOutcome> Witness(long number, long seen, string? cosignature);

    /// <summary>
    /// The verifier keys in the form of C2SP signed-note: the platform's own in use first, then earlier ones, then the witnesses'.
    /// </summary>
    [Alias("Keys")]
    Task<ImmutableArray<string>> Keys();
}

/// <summary>
/// A signed note of all partitions' Merkle sizes and roots, in the form of C2SP tlog-checkpoint: its second and third line are size and
/// root of the log of checkpoints, whose leaves are what each says of the partitions.
/// </summary>
/// <param name="Number">Its number, gapless from 1: the size of the log of checkpoints with it.</param>
/// <param name="At">When it was made, to the second.</param>
/// <param name="Life">Which life of the ledger it belongs to, 16 hexadecimal digits: another one after a backup was restored.</param>
/// <param name="Logs">The partitions' logs, by ascending partition.</param>
/// <param name="Note">The whole note: text, the platform's signature, witnesses' cosignatures.</param>
[GenerateSerializer, Immutable, Alias("scoring.checkpoint")]
public sealed record Checkpoint(long Number, DateTimeOffset At, string Life, ImmutableArray<LogHead> Logs, string Note);

/// <summary>One partition's log in a checkpoint.</summary>
/// <param name="Partition">The partition.</param>
/// <param name="Size">How many leaves, a multiple of 256: positions 1 up to it are in the log.</param>
/// <param name="Root">The Merkle tree hash of RFC 9162, 32 bytes.</param>
[GenerateSerializer, Immutable, Alias("scoring.log-head")]
public sealed record LogHead(int Partition, long Size, byte[] Root);

/// <summary>That a checkpoint extends an earlier one.</summary>
/// <param name="From">The earlier number.</param>
/// <param name="To">The later number.</param>
/// <param name="Proof">Of the log of checkpoints: the nodes of RFC 9162, section 2.1.4, 32 bytes each.</param>
/// <param name="Partitions">The same of each partition that the earlier one has leaves of.</param>
[GenerateSerializer, Immutable, Alias("scoring.consistency-proof")]
public sealed record ConsistencyProof(
    long From, long To, ImmutableArray<byte[]> Proof, ImmutableArray<LogConsistency> Partitions);

/// <summary>That a partition's log extends what it was.</summary>
/// <param name="Partition">The partition.</param>
/// <param name="FromSize">Its size in the earlier checkpoint, above 0.</param>
/// <param name="ToSize">Its size in the later one.</param>
/// <param name="Proof">The nodes of RFC 9162, section 2.1.4; none when both sizes are equal.</param>
[GenerateSerializer, Immutable, Alias("scoring.log-consistency")]
public sealed record LogConsistency(int Partition, long FromSize, long ToSize, ImmutableArray<byte[]> Proof);

/// <summary>That an entry is in its partition's log.</summary>
/// <param name="Position">Its position; its leaf's index is one less.</param>
/// <param name="Leaf">Its leaf, 32 bytes.</param>
/// <param name="Path">The nodes of RFC 9162, section 2.1.3, from the leaf up, 32 bytes each.</param>
[GenerateSerializer, Immutable, Alias("scoring.inclusion-proof")]
public sealed record InclusionProof(long Position, byte[] Leaf, ImmutableArray<byte[]> Path);

/// <summary>What a witness is told. Either a refusal or all the rest.</summary>
/// <param name="Checkpoint">The checkpoint, with the cosignature when it was kept.</param>
/// <param name="Consistency">The proof; <see langword="null"/> for a witness that saw none before.</param>
/// <param name="IsKept">Whether a cosignature was given and is kept.</param>
/// <param name="Refusal">Why not.</param>
[GenerateSerializer, Immutable, Alias("scoring.witness-outcome")]
public sealed record WitnessOutcome(Checkpoint? Checkpoint, ConsistencyProof? Consistency, bool IsKept, WitnessRefusal? Refusal);

/// <summary>Why a witness is refused.</summary>
[GenerateSerializer, Alias("scoring.witness-refusal")]
public enum WitnessRefusal
{
    /// <summary>There is no such checkpoint, or not the one that they saw last.</summary>
    Unknown = 0,

    /// <summary>The line is no cosignature of this checkpoint by a witness known here.</summary>
    NotACosignature = 1,
}
