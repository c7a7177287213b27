using System.Text.Json.Nodes;

namespace Scoring.City.Rows;

/// <summary>Trips that nobody made.</summary>
public static class SyntheticTrips
{
    /// <summary>The attributes of one, drawn: mostly calm, one in twelve too fast, the number of harsh brakings not always told.</summary>
    public static JsonObject Trip(Random draw)
    {
        var distance = 1 + draw.Next(80);
        var trip = new JsonObject
        {
            ["distanceKm"] = distance,
            ["overLimitKm"] = draw.Next(12) == 0 ? draw.Next(distance + 1) : 0,
        };
        if (draw.Next(4) != 0) trip["harshBrakings"] = draw.Next(10) == 0 ? 3 + draw.Next(5) : draw.Next(3);
        return trip;
    }
}
