namespace Scoring.Metrics;

public sealed class OpenErasureAgesTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 8, 0, 0, TimeSpan.Zero);
    private static readonly DateOnly Today = new(2026, 3, 1);

    private readonly OpenErasureAges _ages = new();

    [Fact]
    public void The_oldest_counts_from_when_it_was_first_seen_and_is_forgotten_when_it_is_over()
    {
        _ages.Oldest([], Now).ShouldBe(TimeSpan.Zero);
        _ages.Oldest([(1, 7, Today)], Now).ShouldBe(TimeSpan.Zero);
        _ages.Oldest([(2, 3, Today), (1, 7, Today)], Now.AddMinutes(10)).ShouldBe(TimeSpan.FromMinutes(10));
        _ages.Oldest([(2, 3, Today)], Now.AddMinutes(15)).ShouldBe(TimeSpan.FromMinutes(5), "the first one is over");
        _ages.Oldest([], Now.AddMinutes(20)).ShouldBe(TimeSpan.Zero);
        _ages.Oldest([(1, 7, Today)], Now.AddMinutes(25)).ShouldBe(TimeSpan.Zero);
    }

    [Fact]
    public void After_a_start_it_counts_from_the_end_of_its_day_in_the_last_time_zone()
    {
        _ages.Oldest([(1, 7, Today.AddDays(-3))], Now).ShouldBe(Now - new DateTimeOffset(2026, 2, 27, 12, 0, 0, TimeSpan.Zero));
        _ages.Oldest([(1, 7, Today.AddDays(-3)), (1, 8, null)], Now.AddHours(1))
            .ShouldBe(Now.AddHours(1) - new DateTimeOffset(2026, 2, 27, 12, 0, 0, TimeSpan.Zero));
    }

    /// <summary>In Development the clock of programmes may be ahead.</summary>
    [Fact]
    public void A_day_that_is_not_over_and_a_clock_that_was_set_back_give_no_age()
    {
        _ages.Oldest([(1, 7, Today.AddDays(400)), (1, 8, DateOnly.MaxValue)], Now).ShouldBe(TimeSpan.Zero);
        _ages.Oldest([(1, 7, Today)], Now.AddMinutes(-5)).ShouldBe(TimeSpan.Zero);
    }
}
