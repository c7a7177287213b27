namespace Scoring.Client;

/// <summary>A witness's request.</summary>
/// <param name="From">The number of the last checkpoint that the witness saw; 0 for none.</param>
/// <param name="Cosignature">
/// The witness's signature line over this checkpoint; <see langword="null"/> to only get the checkpoint.
/// </param>
public sealed record WitnessRequest(long From, string? Cosignature = null);

/// <summary>The answer to a witness.</summary>
/// <param name="Note">The checkpoint's signed note.</param>
/// <param name="Consistency">Proves that it extends the one the witness saw; <see langword="null"/> when the witness saw none.</param>
/// <param name="IsKept">Whether the platform keeps the cosignature.</param>
public sealed record WitnessResponse(string Note, ConsistencyResponse? Consistency, bool IsKept);
