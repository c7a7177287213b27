using System.Text.Json.Nodes;
using Scoring.City.People;
using Scoring.City.Rows;

namespace Scoring.City.Loads;

/// <summary>Creates random events of an ordinary day for the residents of each programme.</summary>
public static class SyntheticEvents
{
    /// <summary>Returns the type and the attributes of one event.</summary>
    public static (string Type, JsonObject Data) Of(string programme, Random draw) => programme switch
    {
        ProgrammeNames.SafeDriver => Driving(draw),
        ProgrammeNames.FairPayer => Paying(draw),
        ProgrammeNames.CleanKitchen => ("surveillance.inspection", new JsonObject
        {
            ["result"] = One(draw, "pass", "pass", "pass-with-conditions", "fail", "no-entry"),
            ["risk"] = One(draw, "high", "medium", "low"),
            ["violations"] = draw.Next(12),
            ["visit"] = One(draw, "canvass", "complaint", "license", "other", "re-inspection"),
        }),
        _ => throw new CityException($"City knows no events of {programme}."),
    };

    private static (string Type, JsonObject Data) Driving(Random draw) => draw.Next(20) switch
    {
        0 => ViolationCodes.Of(7),
        1 => ("surveillance.speed-camera", new JsonObject { ["overLimitKmh"] = 1 + draw.Next(50), ["schoolZone"] = draw.Next(2) == 0 }),
        2 => ViolationCodes.Of(40),
        3 => ViolationCodes.Of(14),
        4 => ("traffic.park-and-ride", []),
        _ => ("traffic.trip", SyntheticTrips.Trip(draw)),
    };

    private static (string Type, JsonObject Data) Paying(Random draw) => draw.Next(10) switch
    {
        0 => ("payment.refunded", new JsonObject { ["amountMinor"] = 1 + draw.Next(20_000) }),
        1 => ("surveillance.check-in", new JsonObject { ["venue"] = One(draw, "library", "market", "museum", "pool") }),
        _ => ("payment.paid",
            new JsonObject { ["amountMinor"] = 1 + draw.Next(20_000), ["method"] = One(draw, "chip", "online", "swipe") }),
    };

    private static string One(Random draw, params string[] codes) => codes[draw.Next(codes.Length)];
}
