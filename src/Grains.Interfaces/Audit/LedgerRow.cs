using System.Collections.Immutable;
using Scoring.Checkpoints;

namespace Scoring.Audit;

/// <summary>A page of rows.</summary>
/// <param name="Rows">The rows, in ascending positions.</param>
/// <param name="After">The next page has the positions above this; <see langword="null"/> at the end.</param>
[GenerateSerializer, Immutable, Alias("scoring.ledger-row-page")]
public sealed record LedgerRowPage(ImmutableArray<LedgerRow> Rows, long? After);

/// <summary>A row of the ledger as any auditor may see it.</summary>
/// <param name="Position">Its position.</param>
/// <param name="Leaf">Its leaf, 32 bytes.</param>
/// <param name="State">Its state.</param>
/// <param name="Kind">The number of its kind, only of public rows; else 0.</param>
/// <param name="Day">Its day, only of public rows.</param>
/// <param name="Body">Its body, only of public rows.</param>
[GenerateSerializer, Immutable, Alias("scoring.ledger-row")]
public sealed record LedgerRow(long Position, byte[] Leaf, LedgerRowState State, byte Kind, DateOnly? Day, byte[]? Body);

/// <summary>The state of a row of the ledger.</summary>
public enum LedgerRowState
{
    /// <summary>It is an entry of a subject and has its body.</summary>
    Held = 1,

    /// <summary>Its body is erased.</summary>
    Gone = 2,

    /// <summary>It is filling.</summary>
    Padding = 3,

    /// <summary>It is public: an administrative action, a tombstone, or a declaration of filling.</summary>
    Public = 4,
}

/// <summary>The outcome of a request for a proven record: either a refusal or the other members.</summary>
/// <param name="Checkpoint">The checkpoint of the proofs.</param>
/// <param name="Acts">The administrative actions, in ascending numbers.</param>
/// <param name="After">The next page has the numbers above this; <see langword="null"/> at the end.</param>
/// <param name="Refusal">Why the request was refused.</param>
[GenerateSerializer, Immutable, Alias("scoring.proven-record-outcome")]
public sealed record ProvenRecordOutcome(
    Checkpoint? Checkpoint, ImmutableArray<ProvenAdminAction> Acts, long? After, AuditRefusal? Refusal);

/// <summary>
/// An administrative action and its proof: a public entry of partition 0, with a nonce, key, subject and turn of zeros.
/// </summary>
/// <param name="Number">The action's number.</param>
/// <param name="Position">The position of its entry.</param>
/// <param name="Day">The entry's day.</param>
/// <param name="Body">The entry's body, canonical JSON.</param>
/// <param name="Leaf">The entry's leaf, 32 bytes.</param>
/// <param name="Path">Its path to the checkpoint's root; <see langword="null"/> when the entry is newer than the checkpoint.</param>
[GenerateSerializer, Immutable, Alias("scoring.proven-act")]
public sealed record ProvenAdminAction(long Number, long Position, DateOnly Day, byte[] Body, byte[] Leaf, ImmutableArray<byte[]>? Path);
