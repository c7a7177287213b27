using Scoring.Client;

namespace Scoring.Simulation;

/// <summary>A cell of a matrix of tiers.</summary>
/// <param name="Subjects">The number of subjects; <see langword="null"/> when it may be small and is hidden.</param>
/// <param name="Shade">How dark the cell is, 0 for none to 4.</param>
/// <param name="Move">The number of tiers by which the subjects rise; below 0 for a fall.</param>
public sealed record TierCell(long? Subjects, int Shade, int Move);

/// <summary>
/// Subjects by their tier now and under a version. The report lists the pairs that are large enough and one row with all the others, so a
/// pair that is missing is empty when there is no such row, and hidden when there is one.
/// </summary>
public sealed class TierMatrix
{
    private const int ShadesMax = 4;

    /// <summary>Creates a matrix.</summary>
    /// <param name="now">The tiers now, ascending.</param>
    /// <param name="then">The tiers under the version, ascending.</param>
    /// <param name="crossings">The report's crossings of tiers.</param>
    public TierMatrix(IReadOnlyList<string> now, IReadOnlyList<string> then, IReadOnlyList<Crossing> crossings)
    {
        Then = then;
        Rare = crossings.Where(crossing => crossing.Now is null).Select(crossing => (long?)crossing.Subjects).FirstOrDefault();
        var counts = crossings.Where(crossing => crossing is { Now: not null, Then: not null })
            .ToDictionary(crossing => (crossing.Now!, crossing.Then!), crossing => crossing.Subjects);
        var max = counts.Values.Append(1).Max();
        Rows = [.. now.Select((from, row) => (from, (IReadOnlyList<TierCell>)[.. then.Select((to, column) =>
        {
            var isShown = counts.TryGetValue((from, to), out var subjects);
            return new TierCell(
                isShown ? subjects : Rare is null ? 0 : null, (int)Math.Ceiling((double)ShadesMax * subjects / max), column - row);
        })]))];
    }

    /// <summary>The tiers under the version: the columns.</summary>
    public IReadOnlyList<string> Then { get; }

    /// <summary>The tiers now, each with its cells.</summary>
    public IReadOnlyList<(string Now, IReadOnlyList<TierCell> Cells)> Rows { get; }

    /// <summary>How many subjects are in pairs that are hidden; <see langword="null"/> when none is.</summary>
    public long? Rare { get; }
}
