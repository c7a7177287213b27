using System.Text.Json;
using System.Text.Json.Nodes;
using Scoring.Client;
using Scoring.Programmes;

namespace Scoring.Editing;

/// <summary>Finds the event types that a draft may take: all that are registered, also those that no programme takes yet.</summary>
internal sealed class EventTypeCatalogue(ScoringClient client, PublishedProgrammes programmes)
{
    private const int ListedMax = 500; // a page of the platform's
    private const int ReadMax = 64;

    /// <summary>Returns the event types in ascending names, without those that are stopped.</summary>
    public async Task<IReadOnlyList<EventType>> Find(CancellationToken cancellationToken)
    {
        var types = new SortedDictionary<string, EventType>(StringComparer.Ordinal);
        foreach (var document in await programmes.List(cancellationToken))
            foreach (var type in document.EventTypes) types.TryAdd(type.Name, type);
        var listed = await client.Registrations.List(RegistrationKind.EventType, count: ListedMax, cancellationToken: cancellationToken);
        // The documents of programmes have most of them in full. A list has names alone.
        var others = listed.Registrations.Where(other => other.Status == RegistrationStatus.Registered && !types.ContainsKey(other.Id));
        foreach (var other in others.Take(ReadMax).ToArray())
            if (await Registered(other.Id, cancellationToken) is { } type) types.TryAdd(type.Name, type);
        return [.. types.Values.Where(type => !type.Stopped)];
    }

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
