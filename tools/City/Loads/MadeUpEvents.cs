using System.Text.Json.Nodes;
using Scoring.City.People;
using Scoring.City.Rows;

namespace Scoring.City.Loads;

/// <summary>Events of an ordinary day, drawn: what residents of each programme do when no file says.</summary>
public static class MadeUpEvents
{
    /// <summary>The type and attributes of one event.</summary>
    public static (string Type, JsonObject Data) Of(string programme, Random draw) => programme switch
    {
        ProgrammeNames.SafeDriver => draw.Next(10) switch
        {
            0 => Violations.Of(36),
            1 => Violations.Of(14),
            _ => ("traffic.trip", new JsonObject { ["distanceKm"] = draw.Next(1, 60) }),
        },
        ProgrammeNames.FairPayer => draw.Next(20) == 0
            ? ("payment.refunded", Payment(draw))
            : ("payment.paid", Payment(draw)),
        ProgrammeNames.CleanKitchen => ("surveillance.inspection", new JsonObject
        {
            ["result"] = draw.Next(4) switch { 0 => "fail", 1 => "pass-with-conditions", _ => "pass" },
            ["violations"] = draw.Next(6),
        }),
        _ => throw new CityException($"City knows no events of {programme}."),
    };

    private static JsonObject Payment(Random draw) => new() { ["amountCents"] = draw.Next(100, 20_000), ["channel"] = "chip" };
}
