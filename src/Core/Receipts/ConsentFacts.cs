namespace Scoring.Receipts;

/// <summary>The facts of one consent receipt that differ from receipt to receipt.</summary>
/// <param name="Receipt">The receipt's identifier.</param>
/// <param name="Record">The identifier of the consent record, the same from enrolment to withdrawal.</param>
/// <param name="Principal">The random identifier of the person, used in these receipts only.</param>
/// <param name="GivenAt">The instant of the consent; <see langword="null"/> when it is no longer known.</param>
/// <param name="Replaces">The identifier of the previous receipt; <see langword="null"/> for the first.</param>
internal sealed record ConsentFacts(string Receipt, string Record, string Principal, string? GivenAt, string? Replaces)
{
    /// <summary>The instant of the withdrawal and the number of erased entries; <see langword="null"/> while the consent holds.</summary>
    public (string At, long Entries)? Withdrawal { get; init; }
}
