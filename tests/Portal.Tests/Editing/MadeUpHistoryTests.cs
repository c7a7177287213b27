using System.Globalization;
using Scoring.Client;

namespace Scoring.Editing;

public sealed class MadeUpHistoryTests
{
    private static readonly EventType Trip = new(
        "traffic.trip", EventFamily.Traffic, EventOrigin.Initiated, Context.Mobility, "A trip.",
        [
            new AttributeDefinition("km", AttributeKind.Integer, true, "km", 1, 100, [], "How far."),
            new AttributeDefinition("road", AttributeKind.Code, true, "", 0, 0, ["city", "land"], "Where."),
            new AttributeDefinition("calm", AttributeKind.Boolean, false, "", 0, 0, [], "Whether calm."),
        ]);

    [Theory]
    [InlineData("once", "", "2026-03-01", "2026-03-31", 1)]
    [InlineData("daily", "", "2026-03-01", "2026-03-31", 31)]
    [InlineData("weekdays", "", "2026-03-02", "2026-03-15", 10)]
    [InlineData("weekly", "", "2026-03-01", "2026-03-29", 5)]
    [InlineData("times", "10", "2026-03-02", "2026-03-15", 20)]
    [InlineData("times", "3", "2026-03-02", "2026-03-15", 6)]
    [InlineData("times", "999999", "2026-03-02", "2026-03-08", 50)]
    [InlineData("nonsense", "", "2026-03-02", "2026-03-08", 1)]
    [InlineData("daily", "", "2026-03-02", "2026-03-01", 1)]
    public void A_pattern_makes_its_events(string pattern, string times, string from, string until, int count) =>
        Read(pattern, times, from, until)!.Value.Events.Count.ShouldBe(count);

    [Theory]
    [InlineData("daily", "0001-01-01", "9999-12-31", 400)]
    [InlineData("times", "2026-01-01", "2099-01-01", 500)]
    [InlineData("weekly", "9999-12-31", "9999-12-31", 1)]
    public void A_history_is_cut_to_what_the_platform_takes(string pattern, string from, string until, int count)
    {
        var (first, last, events, isCut) = Read(pattern, "50", from, until)!.Value;
        (events.Count, isCut).ShouldBe((count, count > 1));
        (last.DayNumber - first.DayNumber).ShouldBeInRange(0, 399);
        events.ShouldAllBe(made => made.Day >= first && made.Day <= last);
    }

    [Fact]
    public void Attributes_are_of_their_kind_also_when_nothing_was_typed()
    {
        var fields = Fields("once", "", "2026-03-01", "");
        MadeUpHistory.Read(fields, [Trip])!.Value.Events[0].Data.ToJsonString().ShouldBe("""{"km":1,"road":"city"}""");
        fields.Add("bench.0.a.km", "1000");
        fields.Add("bench.0.a.road", "land");
        fields.Add("bench.0.a.calm", "true");
        MadeUpHistory.Read(fields, [Trip])!.Value.Events[0].Data.ToJsonString().ShouldBe("""{"km":100,"road":"land","calm":true}""");
    }

    [Theory]
    [InlineData("", "traffic.trip")]
    [InlineData("tomorrow", "traffic.trip")]
    [InlineData("2026-03-01", "traffic.flight")]
    public void A_line_that_says_too_little_makes_nothing(string from, string type)
    {
        var fields = new DraftFields();
        fields.Add("bench.0.type", type);
        fields.Add("bench.0.from", from);
        MadeUpHistory.Read(fields, [Trip]).ShouldBeNull();
    }

    private static (DateOnly From, DateOnly To, IReadOnlyList<WhatIfRequest> Events, bool IsCut)? Read(
        string pattern, string times, string from, string until) => MadeUpHistory.Read(Fields(pattern, times, from, until), [Trip]);

    private static DraftFields Fields(string pattern, string times, string from, string until)
    {
        var fields = new DraftFields();
        fields.Add("bench.0.type", Trip.Name);
        fields.Add("bench.0.pattern", pattern);
        fields.Add("bench.0.times", times.ToString(CultureInfo.InvariantCulture));
        fields.Add("bench.0.from", from);
        fields.Add("bench.0.until", until);
        return fields;
    }
}
