using System.Collections.Immutable;
using Scoring.Hosting;

namespace Scoring.Checkpoints;

/// <summary>
/// Serves the platform's checkpoints to any client, and takes witnesses' cosignatures. A reentrant stateless worker with key 0; it keeps no
/// state.
/// </summary>
/// <exception cref="Ledger.LedgerUnavailableException">The ledger cannot be reached (from every member but the keys).</exception>
[Alias("scoring.ICheckpointGrain"), GrainInterfaceType("checkpoint")]
public interface ICheckpointGrain : IGrainWithIntegerKey
{
    /// <summary>Returns the latest checkpoint; <see langword="null"/> before the first.</summary>
    [Alias("Latest"), AnySilo]
    Task<Checkpoint?> Latest();

    /// <summary>Returns one checkpoint; <see langword="null"/> when there is none of that number.</summary>
    /// <param name="number">Its number, from 1.</param>
    [Alias("Find"), AnySilo]
    Task<Checkpoint?> Find(long number);

    /// <summary>Proves that a checkpoint extends an earlier one; <see langword="null"/> when one of the two does not exist.</summary>
    /// <param name="earlier">The earlier number, from 1.</param>
    /// <param name="later">The later number, not below <paramref name="earlier"/>.</param>
    [Alias("Consistency"), AnySilo]
    Task<ConsistencyProof?> Consistency(long earlier, long later);

    /// <summary>
    /// Returns a checkpoint to a witness, with the proof that it extends the one that the witness saw last, and stores the witness's
    /// cosignature if there is one.
    /// </summary>
    /// <param name="number">The checkpoint's number.</param>
    /// <param name="previous">The number of the checkpoint that the witness saw last; 0 for none, which needs no proof.</param>
    /// <param name="cosignature">
    /// A signature line of a C2SP signed note over this checkpoint, by a registered witness; <see langword="null"/> to read only.
    /// </param>
    [Alias("Witness"), AnySilo]
    Task<WitnessOutcome> Witness(long number, long previous, string? cosignature);

    /// <summary>
    /// Returns the verifier keys in the form of C2SP signed-note: the platform's key in use, its earlier keys, then the witnesses' keys.
    /// </summary>
    [Alias("Keys"), AnySilo]
    Task<ImmutableArray<string>> Keys();
}

/// <summary>
/// A signed note of the sizes and roots of all partitions' Merkle logs, in the form of C2SP tlog-checkpoint. Its second and third line are
/// size and root of the log of checkpoints, whose leaves are the checkpoints' statements about the partitions.
/// </summary>
/// <param name="Number">Its number, gapless from 1. It is the size of the log of checkpoints, with this one.</param>
/// <param name="At">The instant at which it was made, to the second.</param>
/// <param name="Life">The incarnation of the ledger, 16 hexadecimal digits. It is another one after a backup was restored.</param>
/// <param name="Logs">The partitions' logs, by ascending partition.</param>
/// <param name="Note">The whole note: the text, the platform's signature and the witnesses' cosignatures.</param>
[GenerateSerializer, Immutable, Alias("scoring.checkpoint")]
public sealed record Checkpoint(long Number, DateTimeOffset At, string Life, ImmutableArray<LogHead> Logs, string Note);

/// <summary>One partition's log in a checkpoint.</summary>
/// <param name="Partition">The partition.</param>
/// <param name="Size">The number of leaves, a multiple of 256. The log holds the positions from 1 to it.</param>
/// <param name="Root">The Merkle tree hash of RFC 9162, 32 bytes.</param>
[GenerateSerializer, Immutable, Alias("scoring.log-head")]
public sealed record LogHead(int Partition, long Size, byte[] Root);

/// <summary>Proves that a checkpoint extends an earlier one.</summary>
/// <param name="From">The earlier number.</param>
/// <param name="To">The later number.</param>
/// <param name="Proof">The proof for the log of checkpoints: the nodes of RFC 9162, section 2.1.4, 32 bytes each.</param>
/// <param name="Partitions">A proof for each partition of which the earlier checkpoint has leaves.</param>
[GenerateSerializer, Immutable, Alias("scoring.consistency-proof")]
public sealed record ConsistencyProof(
    long From, long To, ImmutableArray<byte[]> Proof, ImmutableArray<LogConsistency> Partitions);

/// <summary>Proves that a partition's log extends its earlier state.</summary>
/// <param name="Partition">The partition.</param>
/// <param name="FromSize">Its number of leaves in the earlier checkpoint, above 0.</param>
/// <param name="ToSize">Its number of leaves in the later checkpoint.</param>
/// <param name="Proof">The nodes of RFC 9162, section 2.1.4; none when both sizes are equal.</param>
[GenerateSerializer, Immutable, Alias("scoring.log-consistency")]
public sealed record LogConsistency(int Partition, long FromSize, long ToSize, ImmutableArray<byte[]> Proof);

/// <summary>Proves that an entry is in its partition's log.</summary>
/// <param name="Position">Its position. The index of its leaf is one less.</param>
/// <param name="Leaf">Its leaf, 32 bytes.</param>
/// <param name="Path">The nodes of RFC 9162, section 2.1.3, from the leaf up, 32 bytes each.</param>
[GenerateSerializer, Immutable, Alias("scoring.inclusion-proof")]
public sealed record InclusionProof(long Position, byte[] Leaf, ImmutableArray<byte[]> Path);

/// <summary>The outcome of a witness's request: either a refusal or the other members.</summary>
/// <param name="Checkpoint">The checkpoint, with the cosignature if it was stored.</param>
/// <param name="Consistency">The proof; <see langword="null"/> for a witness that saw no checkpoint before.</param>
/// <param name="IsKept">Whether a cosignature was given and is stored.</param>
/// <param name="Refusal">Why the request was refused.</param>
[GenerateSerializer, Immutable, Alias("scoring.witness-outcome")]
public sealed record WitnessOutcome(Checkpoint? Checkpoint, ConsistencyProof? Consistency, bool IsKept, WitnessRefusal? Refusal);

/// <summary>Why a witness is refused.</summary>
[GenerateSerializer, Alias("scoring.witness-refusal")]
public enum WitnessRefusal
{
    /// <summary>There is no such checkpoint, or not the one that the witness saw last.</summary>
    Unknown = 0,

    /// <summary>The line is no cosignature of this checkpoint by a registered witness.</summary>
    NotACosignature = 1,
}
