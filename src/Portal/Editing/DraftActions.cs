using System.Globalization;
using System.Text.Json.Nodes;

namespace Scoring.Editing;

/// <summary>Carries out the buttons of the form that add, remove and move elements of a draft: <c>add:ruleSet.rules</c>.</summary>
internal static class DraftActions
{
    /// <summary>Carries out an action. One that does not fit the draft changes nothing.</summary>
    /// <param name="document">The draft.</param>
    /// <param name="action">The action: a word, a colon, and the name of a list or an element.</param>
    /// <returns>The name of the element that was added or moved; otherwise <see langword="null"/>.</returns>
    public static string? Apply(JsonObject document, string action)
    {
        var colon = action.IndexOf(':', StringComparison.Ordinal);
        if (colon < 0) return null;
        var word = action[..colon];
        var name = action[(colon + 1)..];
        if (word is "add" or "group") return Add(document, name, word == "group");
        var dot = name.LastIndexOf('.');
        if (dot < 0 || !int.TryParse(name[(dot + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var index)) return null;
        if (Find(document, name[..dot]) is not JsonArray list || index >= list.Count) return null;
        var to = word switch { "up" => index - 1, "down" => index + 1, _ => index };
        if (to < 0 || to >= list.Count) return null;
        var element = list[index];
        list.RemoveAt(index);
        if (word is not ("up" or "down")) return null;
        list.Insert(to, element);
        return $"{name[..dot]}.{to}";
    }

    private static string? Add(JsonObject document, string name, bool isGroup)
    {
        if (Find(document, name) is not { } place)
        {
            if (Parent(document, name) is not var (parent, member)) return null;
            parent[member] = place = new JsonArray();
        }
        if (place is not JsonArray list) return null;
        list.Add(isGroup ? new JsonObject { ["any"] = new JsonArray(new JsonObject()) } : New(document, name));
        return $"{name}.{list.Count - 1}";
    }

    private static (JsonObject Parent, string Member)? Parent(JsonObject document, string name)
    {
        var dot = name.IndexOf('.', StringComparison.Ordinal);
        if (dot < 0 || name[(dot + 1)..].Contains('.', StringComparison.Ordinal)) return null;
        if (document[name[..dot]] is null) document[name[..dot]] = new JsonObject();
        return document[name[..dot]] is JsonObject parent ? (parent, name[(dot + 1)..]) : null;
    }

    private static JsonObject New(JsonObject document, string name)
    {
        if (name != "ruleSet.rules") return [];
        var rule = new JsonObject();
        if (Find(document, "programme.eventTypes") is JsonArray { Count: > 0 } types) rule["eventType"] = types[0]!.DeepClone();
        rule["points"] = 1;
        rule["capPerDay"] = 1;
        rule["capPerWindow"] = 30;
        rule["windowDays"] = 90;
        rule["halfLifeDays"] = 0;
        return rule;
    }

    /// <summary>Finds a place by its name. The parts of a condition are those of its group, or the one that it negates.</summary>
    private static JsonNode? Find(JsonObject document, string name)
    {
        JsonNode? node = document;
        var steps = name.Split('.');
        for (var place = 0; place < steps.Length && node is not null; place++)
        {
            var step = steps[place];
            if (step == "parts" && node is JsonObject condition)
            {
                node = condition["all"] ?? condition["any"];
                if (node is null && place + 1 < steps.Length) (node, place) = (condition["not"], place + 1);
            }
            else
            {
                node = node switch
                {
                    JsonObject all => all[step],
                    JsonArray all when int.TryParse(step, NumberStyles.None, CultureInfo.InvariantCulture, out var index)
                        && index < all.Count => all[index],
                    _ => null,
                };
            }
        }
        return node;
    }
}
