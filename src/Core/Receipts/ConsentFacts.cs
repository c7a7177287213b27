namespace Scoring.Receipts;

/// <summary>What differs from one receipt to the next.</summary>
/// <param name="Receipt">Its identifier.</param>
/// <param name="Record">The consent record's.</param>
/// <param name="Principal">The person's, random.</param>
/// <param name="GivenAt">When consent was given; <see langword="null"/> when nobody can say any more.</param>
/// <param name="Replaces">Identifier of the receipt before.</param>
internal sealed record ConsentFacts(string Receipt, string Record, string Principal, string? GivenAt, string? Replaces)
{
    /// <summary>When consent was withdrawn, and how many entries were erased.</summary>
    public (string At, long Entries)? Withdrawal { get; init; }
}
