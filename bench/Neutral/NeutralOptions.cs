namespace Scoring.Bench.Neutral;

/// <summary>How much the bench does.</summary>
/// <param name="Pairs">Questions of each kind in each condition, and as many of nobody.</param>
/// <param name="People">Subjects of each group.</param>
/// <param name="Parallel">Requests under way at once.</param>
/// <param name="Alpha">The chance that is allowed to call anything a difference when there is none.</param>
public sealed record NeutralOptions(int Pairs, int People, int Parallel, double Alpha);
