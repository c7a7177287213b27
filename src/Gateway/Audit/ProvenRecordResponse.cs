using System.Collections.Immutable;
using System.Text;
using Scoring.Checkpoints;

namespace Scoring.Audit;

/// <summary>
/// A programme's record with proofs. Every act is a public entry of partition 0; the nonce, key, subject and turn in its leaf are zeros.
/// </summary>
/// <param name="Note">The checkpoint's signed note.</param>
/// <param name="Acts">The page's acts in ascending numbers.</param>
/// <param name="After">The value of <c>after</c> for the next page; <see langword="null"/> at the end.</param>
internal sealed record ProvenRecordResponse(string Note, ImmutableArray<ProvenActionResponse> Acts, long? After)
{
    public static ProvenRecordResponse Of(Checkpoint checkpoint, ProvenRecordOutcome outcome) => new(
        checkpoint.Note,
        [.. outcome.Acts.Select(act => new ProvenActionResponse(
            act.Number, act.Position, act.Day, Encoding.UTF8.GetString(act.Body), Convert.ToHexStringLower(act.Leaf),
            act.Path is { } path ? [.. path.Select(Convert.ToHexStringLower)] : null))],
        outcome.After);
}

/// <summary>An act with its proof.</summary>
/// <param name="Number">The act's number.</param>
/// <param name="Position">The entry's position in partition 0.</param>
/// <param name="Day">The entry's day.</param>
/// <param name="Body">The entry's body, exactly the text that is hashed.</param>
/// <param name="Leaf">The entry's leaf, in hexadecimal digits.</param>
/// <param name="Path">The path from the leaf to the root; <see langword="null"/> when the act is newer than the checkpoint.</param>
internal sealed record ProvenActionResponse(
    long Number, long Position, DateOnly Day, string Body, string Leaf, ImmutableArray<string>? Path);
