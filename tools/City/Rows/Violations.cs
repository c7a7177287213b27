using System.Text.Json.Nodes;

namespace Scoring.City.Rows;

/// <summary>What New York City's violation codes mean as event types.</summary>
public static class Violations
{
    /// <summary>The event type and attributes of a code.</summary>
    public static (string Type, JsonObject Data) Of(int code) => code switch
    {
        5 => ("surveillance.bus-lane", []),
        7 => ("surveillance.red-light", []),
        36 => ("surveillance.speed-camera", []),
        _ => ("traffic.parking", new JsonObject { ["violation"] = Group(code) }),
    };

    /// <summary>A parking code's group.</summary>
    public static string Group(int code) => code switch
    {
        10 or 11 or 12 or 13 or 14 or 15 or 16 or 17 or 18 or 19 or 22 or 25 or 26 => "no-standing",
        20 or 21 or 23 or 24 or 27 => "no-parking",
        _ => "other",
    };
}
