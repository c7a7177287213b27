using System.Globalization;
using Scoring.Client;

namespace Scoring.Programmes;

public sealed class RecordSummaryTests
{
    private static readonly TimeZoneInfo Zone = TimeZoneInfo.FindSystemTimeZoneById("America/New_York");

    [Fact]
    public void Acts_are_counted_by_the_months_of_the_programmes_zone()
    {
        var summary = Fold(
            Act(1, "drafted", "2026-11-01T03:00:00Z"), Act(4, "approved", "2026-11-01T05:00:00Z"),
            Act(9, "approved", "2026-11-30T23:00:00Z"));
        summary.Months.Keys.ShouldBe([new DateOnly(2026, 10, 1), new DateOnly(2026, 11, 1)]);
        (summary.CountOf(new DateOnly(2026, 10, 1)), summary.CountOf(new DateOnly(2026, 11, 1))).ShouldBe((1, 2));
        summary.CountOf(new DateOnly(2026, 12, 1)).ShouldBe(0);
        summary.Kinds.ShouldBe([KeyValuePair.Create("approved", 2), KeyValuePair.Create("drafted", 1)]);
        summary.ReadTo.ShouldBe(9);
    }

    [Fact]
    public void The_last_act_of_a_kind_and_the_last_shadow_of_a_version_stay()
    {
        var summary = Fold(
            Act(1, "suspended", hash: null), Act(2, "suspended", hash: null), Act(3, "shadowed", hash: "a"), Act(4, "shadowed", hash: "b"),
            Act(5, "shadowed", hash: "a"), Act(6, "simulated", hash: "c"));
        summary.Last["suspended"].Number.ShouldBe(2);
        summary.Shadows.ToDictionary(shadow => shadow.Key, shadow => shadow.Value.Number).ShouldBe(
            new Dictionary<string, long> { ["a"] = 5, ["b"] = 4 }, ignoreOrder: true);
        summary.Simulations.Keys.ShouldBe(["c"]);
    }

    [Fact]
    public void Reading_on_gives_the_same_as_reading_all()
    {
        var acts = Enumerable.Range(1, 9).Select(number => Act(number, number % 2 == 0 ? "drafted" : "simulated")).ToArray();
        var whole = Fold(acts);
        var parts = acts[4..].Aggregate(Fold(acts[..4]), (sum, act) => sum.With(act, Zone));
        (parts.ReadTo, parts.Kinds["drafted"], parts.Last["drafted"])
            .ShouldBe((whole.ReadTo, whole.Kinds["drafted"], whole.Last["drafted"]));
    }

    private static RecordSummary Fold(params RecordedAdminAction[] acts) =>
        acts.Aggregate(RecordSummary.Empty, (sum, act) => sum.With(act, Zone));

    private static RecordedAdminAction Act(long number, string act, string at = "2026-11-24T12:00:00Z", string? hash = "hash") =>
        new(number, 0, act, "safe-driver", "platform", DateTimeOffset.Parse(at, CultureInfo.InvariantCulture), hash, [], null);
}
