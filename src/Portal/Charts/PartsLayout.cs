namespace Scoring.Charts;

/// <summary>A group of which parts rise and fall.</summary>
/// <param name="Label">The group.</param>
/// <param name="Total">How many it has.</param>
/// <param name="Rising">How many rise; <see langword="null"/> when that is hidden.</param>
/// <param name="Falling">How many fall; <see langword="null"/> when that is hidden.</param>
public sealed record PartsBar(string Label, long Total, long? Rising, long? Falling);

/// <summary>What a piece of a bar stands for.</summary>
public enum PartKind
{
    /// <summary>Those who fall.</summary>
    Falling,

    /// <summary>Those who stay the same.</summary>
    Same,

    /// <summary>Those of whom it is not said.</summary>
    Hidden,

    /// <summary>Those who rise.</summary>
    Rising,
}

/// <summary>A piece of a bar.</summary>
/// <param name="Kind">What it stands for.</param>
/// <param name="Left">Where it begins: 0 at the left of the chart, 1 at the right.</param>
/// <param name="Width">Its width.</param>
public sealed record PartPiece(PartKind Kind, double Left, double Width);

/// <summary>Cuts the bars of groups into those who fall, stay the same and rise, in that order.</summary>
public static class PartsLayout
{
    /// <summary>Returns the pieces of a bar that have a width. Where a part is hidden, so is how many stay the same.</summary>
    /// <param name="bar">The group.</param>
    /// <param name="totalMax">The total whose bar is as wide as the chart, at least 1.</param>
    public static IReadOnlyList<PartPiece> Pieces(PartsBar bar, long totalMax)
    {
        var falling = Math.Min(bar.Falling ?? 0, bar.Total);
        var rising = Math.Min(bar.Rising ?? 0, bar.Total - falling);
        var isHidden = bar.Falling is null || bar.Rising is null;
        var pieces = new List<PartPiece>();
        var left = 0L;
        Add(PartKind.Falling, falling);
        Add(isHidden ? PartKind.Hidden : PartKind.Same, bar.Total - falling - rising);
        Add(PartKind.Rising, rising);
        return pieces;

        void Add(PartKind kind, long count)
        {
            if (count > 0) pieces.Add(new PartPiece(kind, (double)left / totalMax, (double)count / totalMax));
            left += count;
        }
    }
}
