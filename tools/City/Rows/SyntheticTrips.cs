using System.Text.Json.Nodes;

namespace Scoring.City.Rows;

/// <summary>Creates synthetic trips.</summary>
public static class SyntheticTrips
{
    /// <summary>
    /// Returns the attributes of a random trip. Most trips are calm, one in twelve is over the limit, and one in four has no number of
    /// harsh brakings.
    /// </summary>
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
