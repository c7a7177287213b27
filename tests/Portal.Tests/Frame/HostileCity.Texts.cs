using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using Scoring.Client;
using Scoring.Hosting;

namespace Scoring.Frame;

/// <content>What is registered, and how its texts are spoiled.</content>
internal sealed partial record HostileCity
{
    private const string Source = "https://hostile.city.example";
    private const int NameCharsMax = 80;

    private static readonly string[] TextMembers =
    [
        "name", "purpose", "description", "legalName", "contact", "summary", "reason", "risk", "mitigation", "affectedGroups",
    ];

    private static async Task Register(SharedPortal portal, RegistrationKind kind, string name, JsonObject document)
    {
        var proposed = await portal.Administrator(1).Registrations.Propose(
            kind, new RegistrationProposal(RegistrationAction.Register, Document: JsonElement.Parse(document.ToJsonString())));
        await portal.Administrator(2).Registrations.Approve(kind, name, new ApprovalRequest(proposed.Hash));
    }

    private static JsonObject NewEventType() => new()
    {
        ["name"] = EventType, ["family"] = "traffic", ["origin"] = "attested", ["context"] = "mobility",
        ["description"] = Attack + Registered[1],
        ["attributes"] = new JsonArray(new JsonObject
        {
            ["name"] = "reading", ["kind"] = "integer", ["required"] = true, ["description"] = Attack + Registered[2],
            ["unit"] = Unit, ["min"] = 0, ["max"] = 100,
        }),
    };

    private static JsonObject NewSource()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var point = key.ExportParameters(includePrivateParameters: false).Q;
        return new JsonObject
        {
            ["id"] = Source, ["name"] = Attack + Registered[0], ["family"] = "traffic", ["linkUri"] = Source + "/link",
            ["keys"] = new JsonArray(new JsonObject
            {
                ["kty"] = "EC", ["crv"] = "P-256", ["kid"] = Attack.TrimEnd(),
                ["x"] = System.Buffers.Text.Base64Url.EncodeToString(point.X),
                ["y"] = System.Buffers.Text.Base64Url.EncodeToString(point.Y),
            }),
        };
    }

    private static JsonObject NewService() => new()
    {
        ["id"] = Service, ["programme"] = Programme, ["context"] = "mobility", ["legalEntity"] = Spoiled("A garage"),
        ["purpose"] = Spoiled("A car wash"), ["contact"] = Spoiled("desk@example.org"),
        ["lastDay"] = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime).AddDays(300)
            .ToString("O", CultureInfo.InvariantCulture),
    };

    private static JsonObject NewRule() => new()
    {
        ["id"] = "hostile-readings", ["eventType"] = EventType, ["points"] = -5, ["capPerDay"] = 20, ["capPerWindow"] = 100,
        ["windowDays"] = 90, ["halfLifeDays"] = 0, ["reason"] = "A reading.",
        ["when"] = new JsonObject { ["attribute"] = "reading", ["atLeast"] = 1 },
    };

    /// <summary>Puts the attack before every text that people write. The names of tiers are words of a fixed form.</summary>
    private static void Spoil(JsonNode? node, string name = "")
    {
        switch (node)
        {
            case JsonObject members when name != "tiers":
                foreach (var (member, value) in members.ToArray())
                    if (IsText(member, value)) members[member] = Spoiled((string)value!);
                    else Spoil(value, member);
                break;
            case JsonArray list when name != "tiers":
                for (var i = 0; i < list.Count; i++)
                    if (IsText(name, list[i])) list[i] = Spoiled((string)list[i]!);
                    else Spoil(list[i], name);
                break;
        }
    }

    private static bool IsText(string name, JsonNode? value) =>
        value is JsonValue && value.GetValueKind() == JsonValueKind.String && TextMembers.Contains(name);

    private static string Spoiled(string text) => Attack + text[..Math.Min(text.Length, NameCharsMax - Attack.Length)].Trim();
}
