using System.Text.Json;
using System.Text.Json.Nodes;
using Scoring.Client;

namespace Scoring.Simulation;

/// <summary>A shadow of a coming version, from the public record.</summary>
/// <param name="Report">What it counted. It has no examples.</param>
/// <param name="SharePercent">The share of the subjects that it folded, in percent.</param>
/// <param name="At">The instant at which it began.</param>
public sealed record Shadow(SimulationReport Report, int SharePercent, DateTimeOffset At);

/// <summary>Reads shadows from their acts.</summary>
internal static class ShadowReader
{
    /// <summary>Returns the shadow of an act; <see langword="null"/> when this version cannot read its details.</summary>
    public static Shadow? Read(RecordedAdminAction act)
    {
        if (act.Details is not { ValueKind: JsonValueKind.Object } details || JsonObject.Create(details) is not { } json) return null;
        json["examples"] = new JsonArray(); // a public act has none
        try
        {
            return new Shadow(
                json.Deserialize<SimulationReport>(ScoringJson.Options)!, json["sharePercent"]?.GetValue<int>() ?? 100, act.At);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or FormatException)
        {
            return null;
        }
    }
}
