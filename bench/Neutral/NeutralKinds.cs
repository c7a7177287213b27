namespace Scoring.Bench.Neutral;

/// <summary>The kinds of requests that the bench sends.</summary>
/// <param name="Cold">By round: queries that each use a new grant.</param>
/// <param name="Warm">Queries that repeat a few grants, and single events.</param>
/// <param name="Batches">Batches of events. Only those about active subjects have an active subject.</param>
/// <param name="Activating">Queries that activate the active subjects.</param>
public sealed record NeutralKinds(
    Func<int, IReadOnlyList<RequestKind>> Cold, IReadOnlyList<RequestKind> Warm, IReadOnlyList<RequestKind> Batches,
    IReadOnlyList<RequestKind> Activating);
