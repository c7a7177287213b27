namespace Scoring.Client;

/// <summary>A request to read the programme's record with proofs.</summary>
/// <param name="Case">The audit case.</param>
/// <param name="Checkpoint">The number of the checkpoint; the latest when absent.</param>
/// <param name="After">Only acts with greater numbers; from the first when absent.</param>
/// <param name="Count">The maximum number of acts, 1 to 500; 500 when absent.</param>
public sealed record RecordProofRequest(string Case, long? Checkpoint = null, long? After = null, int? Count = null);

/// <summary>
/// A programme's record with proofs. Every act is a public entry of partition 0; the nonce, key, subject and turn in its leaf are
/// zeros.
/// </summary>
/// <param name="Note">The checkpoint's signed note.</param>
/// <param name="Acts">The page's acts in ascending numbers.</param>
/// <param name="After">The value of <c>after</c> for the next page; <see langword="null"/> at the end.</param>
public sealed record ProvenRecordResponse(string Note, IReadOnlyList<ProvenActionResponse> Acts, long? After);

/// <summary>An act with its proof.</summary>
/// <param name="Number">The act's number.</param>
/// <param name="Position">The entry's position in partition 0.</param>
/// <param name="Day">The entry's day.</param>
/// <param name="Body">The entry's body, exactly the text that is hashed.</param>
/// <param name="Leaf">The entry's leaf, in hexadecimal digits.</param>
/// <param name="Path">The path from the leaf to the root; <see langword="null"/> when the act is newer than the checkpoint.</param>
public sealed record ProvenActionResponse(
    long Number, long Position, DateOnly Day, string Body, string Leaf, IReadOnlyList<string>? Path);

/// <summary>A request to read the ledger's leaves.</summary>
/// <param name="Case">The audit case.</param>
/// <param name="Checkpoint">The number of the checkpoint; the latest when absent.</param>
public sealed record LedgerArchiveRequest(string Case, long? Checkpoint = null);
