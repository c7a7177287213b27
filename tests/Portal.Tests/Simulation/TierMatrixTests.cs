using Scoring.Client;

namespace Scoring.Simulation;

public sealed class TierMatrixTests
{
    private static readonly string[] Tiers = ["baseline", "silver"];

    [Fact]
    public void A_missing_pair_is_empty_when_no_row_merges_rare_ones()
    {
        var matrix = new TierMatrix(Tiers, Tiers, [new("baseline", "baseline", 80), new("silver", "baseline", 40)]);
        matrix.Rare.ShouldBeNull();
        matrix.Rows.Select(row => row.Cells.Select(cell => cell.Subjects)).ShouldBe([[80, 0], [40, 0]]);
    }

    [Fact]
    public void A_missing_pair_is_hidden_when_a_row_merges_rare_ones()
    {
        var matrix = new TierMatrix(Tiers, Tiers, [new("baseline", "baseline", 80), new(null, null, 20)]);
        matrix.Rare.ShouldBe(20);
        matrix.Rows.Select(row => row.Cells.Select(cell => cell.Subjects)).ShouldBe([[80, null], [null, null]]);
    }

    [Fact]
    public void A_cell_says_who_rises_and_how_many_they_are()
    {
        var matrix = new TierMatrix(Tiers, ["baseline", "bronze", "silver"], [new("baseline", "bronze", 20), new("silver", "silver", 80)]);
        matrix.Rows[0].Cells.Select(cell => (cell.Move, cell.Shade)).ShouldBe([(0, 0), (1, 1), (2, 0)]);
        matrix.Rows[1].Cells.Select(cell => (cell.Move, cell.Shade)).ShouldBe([(-1, 0), (0, 0), (1, 4)]);
    }
}
