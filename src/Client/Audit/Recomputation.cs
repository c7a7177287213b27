namespace Scoring.Client;

/// <summary>A request to recompute a score.</summary>
/// <param name="Case">The audit case.</param>
/// <param name="Subject">Names the subject.</param>
public sealed record RecomputationRequest(string Case, NamedSubject Subject);

/// <summary>A score that was computed in two independent ways.</summary>
/// <param name="Turn">Both are the fold of the turns below this.</param>
/// <param name="Day">The day of both scores.</param>
/// <param name="Recomputed">The score from the ledger alone, without any snapshot.</param>
/// <param name="Live">The score of the live subject.</param>
/// <param name="Agree">Whether both are equal.</param>
public sealed record Recomputation(long Turn, DateOnly Day, ScoreValue Recomputed, ScoreValue Live, bool Agree);
