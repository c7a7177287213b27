using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Scoring.Ledger;
using Scoring.Rules;
using Scoring.Tests.Scores;

namespace Scoring.Scores;

/// <summary>Small worlds for tests of single cases: one rule or a few, days around a Monday.</summary>
internal static class Cases
{
    public static readonly DateOnly Today = new(2025, 6, 2);

    public static Entry Trip(long turn, DateOnly day) =>
        HistoryMaker.Entry(turn, EntryKind.Event, day, HistoryMaker.Event(World.Trip.Name, new JsonObject { ["km"] = 5 }));

    public static World With(long points, long capPerDay, long capPerWindow, params Entry[] entries) =>
        With([Rule(points, capPerDay, capPerWindow)], entries);

    public static World With(ImmutableArray<Rule> rules, params Entry[] entries)
    {
        var set = new RuleSet(
            1, World.Start, "Summary.", rules, [new Tier(Tiers.Baseline, 500), new Tier("silver", 540), new Tier("gold", 620)], "");
        var enrolled = HistoryMaker.Entry(1, EntryKind.Enrolled, World.Start, new JsonObject());
        return World.Of(
            World.Programme(500, 900), [RuleSetDocument.Hashed(set)], [World.Trip, World.Parked], [enrolled, .. entries], Today);
    }

    public static Rule Rule(
        long points, long capPerDay, long capPerWindow, int windowDays = 90, int halfLifeDays = 0, string id = "trips") => new(
        id, World.Trip.Name, null, new FixedPoints(points), capPerDay, capPerWindow, windowDays, halfLifeDays, "Trips.");
}
