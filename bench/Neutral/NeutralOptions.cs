namespace Scoring.Bench.Neutral;

/// <summary>Options of the bench.</summary>
/// <param name="Pairs">How many requests of each kind in each condition, the unknown kind included; 0 for none.</param>
/// <param name="Batches">How many batches of each size and kind in each condition.</param>
/// <param name="People">How many subjects each group has.</param>
/// <param name="Parallel">How many requests are sent concurrently.</param>
/// <param name="Alpha">The allowed probability of a false difference.</param>
public sealed record NeutralOptions(int Pairs, int Batches, int People, int Parallel, double Alpha);
