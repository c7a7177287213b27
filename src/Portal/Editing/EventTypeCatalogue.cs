using System.Text.Json;
using System.Text.Json.Nodes;
using Scoring.Client;
using Scoring.Programmes;

namespace Scoring.Editing;

/// <summary>
/// Finds the event types that a draft may take: those of the published programmes, and those that the draft names and that are registered.
/// </summary>
internal sealed class EventTypeCatalogue(ScoringClient client, PublishedProgrammes programmes)
{
    private const int NamesMax = 32; // as many as a programme takes

    /// <summary>Returns the event types in ascending names, without those that are stopped.</summary>
    public async Task<IReadOnlyList<EventType>> Find(JsonObject draft, CancellationToken cancellationToken)
    {
        var types = new SortedDictionary<string, EventType>(StringComparer.Ordinal);
        foreach (var document in await programmes.List(cancellationToken))
            foreach (var type in document.EventTypes) types.TryAdd(type.Name, type);
        foreach (var name in Named(draft).Where(name => !types.ContainsKey(name)).Distinct().Take(NamesMax).ToArray())
            if (await Registered(name, cancellationToken) is { } type) types.TryAdd(type.Name, type);
        return [.. types.Values.Where(type => !type.Stopped)];
    }

    private static IEnumerable<string> Named(JsonObject draft) =>
        draft["programme"] is JsonObject programme && programme["eventTypes"] is JsonArray names
            ? names.OfType<JsonValue>().Where(name => name.GetValueKind() == JsonValueKind.String).Select(name => name.GetValue<string>())
                .Where(name => name.Length is > 0 and <= 100)
            : [];

    private async Task<EventType?> Registered(string name, CancellationToken cancellationToken)
    {
        try
        {
            var registered = await client.Registrations.Find(RegistrationKind.EventType, name, cancellationToken);
            return registered is { Status: RegistrationStatus.Registered, Document: { } document } ? Read(document) : null;
        }
        catch (Exception exception) when (exception is JsonException or ScoringProblemException { Kind: ProblemKinds.NotFound })
        {
            return null;
        }
    }

    /// <summary>Reads the document of a registration, which leaves out what a kind of attribute does not have.</summary>
    private static EventType? Read(JsonElement document)
    {
        var type = JsonNode.Parse(document.GetRawText())!.AsObject();
        foreach (var attribute in (type["attributes"] as JsonArray ?? []).OfType<JsonObject>())
        {
            attribute.TryAdd("unit", "");
            attribute.TryAdd("min", 0);
            attribute.TryAdd("max", 0);
            attribute.TryAdd("codes", new JsonArray());
        }
        return type.Deserialize<EventType>(ScoringJson.Options);
    }
}
