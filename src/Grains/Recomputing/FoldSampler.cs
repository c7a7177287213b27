namespace Scoring.Recomputing;

/// <summary>Copies random live folds of this silo.</summary>
internal sealed class FoldSampler(ActiveFolds folds, Random random, TimeProvider machine)
{
    /// <summary>The greatest time to wait for a copy. A silo that is busier than this is not sampled.</summary>
    private static readonly TimeSpan CopyMax = TimeSpan.FromSeconds(10);

    /// <summary>Copies one random live fold; <see langword="null"/> when there is none, or it has just gone.</summary>
    /// <exception cref="TimeoutException">The silo is too busy to copy a fold in time.</exception>
    public async Task<FoldCopy?> CopyRandom(CancellationToken cancellationToken) =>
        folds.Draw(random) is { } fold ? await fold.Copy().WaitAsync(CopyMax, machine, cancellationToken) : null;
}
