using Scoring.City.Commands;

namespace Scoring.City.Tests.Commands;

public sealed class PercentilesTests
{
    [Fact]
    public void Percentiles_are_values_by_nearest_rank()
    {
        double[] values = [.. Enumerable.Range(1, 200).Select(i => (double)i).Reverse()];
        Percentiles.Of(values, 50).ShouldBe(100);
        Percentiles.Of(values, 99).ShouldBe(198);
        Percentiles.Of(values, 100).ShouldBe(200);
        Percentiles.Of([7], 50).ShouldBe(7);
        Percentiles.Of([], 50).ShouldBe(0);
    }
}
