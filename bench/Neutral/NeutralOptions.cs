namespace Scoring.Bench.Neutral;

/// <summary>Options of the bench.</summary>
/// <param name="Pairs">How many requests of each kind in each condition, the unknown kind included.</param>
/// <param name="People">How many subjects each group has.</param>
/// <param name="Parallel">How many requests are sent concurrently.</param>
/// <param name="Alpha">The allowed probability of a false difference.</param>
public sealed record NeutralOptions(int Pairs, int People, int Parallel, double Alpha);
