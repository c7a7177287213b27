using System.Text.Json.Nodes;

namespace Scoring.City.Rows;

/// <summary>Maps New York City's violation codes to event types.</summary>
public static class ViolationCodes
{
    /// <summary>Returns the event type and the attributes of a code.</summary>
    public static (string Type, JsonObject Data) Of(int code) => code switch
    {
        5 => ("surveillance.bus-lane-camera", []),
        7 => ("surveillance.red-light-camera", []),
        36 => ("surveillance.speed-camera", new JsonObject { ["schoolZone"] = true }),
        _ => ("traffic.parking", new JsonObject { ["violation"] = Group(code) }),
    };

    /// <summary>Returns the group of a parking code.</summary>
    public static string Group(int code) => code switch
    {
        40 => "hydrant",
        46 or 47 => "double-parking",
        18 or 19 => "bus-stop",
        48 => "bike-lane",
        50 or 51 or 53 or 67 => "pedestrian",
        9 or 66 or 98 => "blocking",
        37 or 38 or 42 or 69 => "meter",
        21 => "street-cleaning",
        10 or 11 or 13 or 14 or 16 or 17 or 26 or 31 or 64 or 77 or 79 or 89 => "no-standing",
        20 or 23 or 24 or 27 or 68 or 78 => "no-parking",
        82 or 84 or 85 => "commercial",
        70 or 71 or 74 or 75 or 80 or 83 => "papers",
        _ => "other",
    };
}
