using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Scoring.Programmes;

namespace Scoring.Rules;

/// <summary>Registered sources and services as documents.</summary>
public static class RegistrationDocument
{
    /// <summary>The canonical document of a source.</summary>
    public static byte[] Write(Source source)
    {
        var document = new JsonObject
        {
            ["id"] = source.Id,
            ["name"] = source.Name,
            ["family"] = EnumNames.Families.Of(source.Family),
            ["keys"] = new JsonArray([.. source.Keys.Select(key => JsonNode.Parse(key))]),
        };
        if (!source.Clients.IsEmpty) document["clients"] = new JsonArray([.. source.Clients.Select(client => (JsonNode)client)]);
        return CanonicalJson.Write(document);
    }

    /// <summary>The canonical document of a service.</summary>
    public static byte[] Write(Service service) => CanonicalJson.Write(new JsonObject
    {
        ["id"] = service.Id,
        ["programme"] = service.Programme.Value,
        ["legalEntity"] = service.LegalEntity,
        ["purpose"] = service.Purpose,
        ["contact"] = service.Contact,
        ["lastDay"] = Wording.Day(service.LastDay),
        ["context"] = EnumNames.Contexts.Of(service.Context),
    });

    internal static Source ReadSource(JsonElement element, string pointer, Problems problems)
    {
        var members = DocumentObject.Of(element, pointer, problems);
        var id = members.Text("id", 255);
        if (id.Length > 0 && !(Uri.TryCreate(id, UriKind.Absolute, out var uri) && uri.IsWellFormedOriginalString() && id[0] != '/'))
            problems.Add(members.At("id"), ProblemCode.FormWrong,
                "An absolute URI, as urn:example:payments or https://example.org/payments.");
        var source = new Source(id, members.Text("name", 80), members.Word("family", EnumNames.Families), ReadKeys(members))
        {
            Clients = members.Has("clients") ? ReadClients(members) : [],
        };
        members.Close();
        return source;
    }

    internal static Service ReadService(JsonElement element, string pointer, Problems problems)
    {
        var members = DocumentObject.Of(element, pointer, problems);
        var id = members.Form("id", NamePatterns.Service(), NamePatterns.ServiceHelp);
        ProgrammeId.TryParse(members.Form("programme", NamePatterns.Programme(), NamePatterns.ProgrammeHelp), out var programme);
        var service = new Service(
            id, programme, members.Text("legalEntity", 200), members.Text("purpose", 500), members.Text("contact", 200),
            members.Day("lastDay") ?? DateOnly.MinValue, members.Word("context", EnumNames.Contexts));
        members.Close();
        return service;
    }

    private static ImmutableArray<string> ReadKeys(DocumentObject members)
    {
        var keys = ImmutableArray.CreateBuilder<string>();
        var ids = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (element, pointer) in members.List("keys", 1, 16))
        {
            var fault = KeyFault(element, out var id);
            if (fault is not null) members.Problems.Add(pointer, ProblemCode.KeyWrong, fault);
            else if (!ids.Add(id)) members.Problems.Add($"{pointer}/kid", ProblemCode.Duplicate, "Another key has this name.");
            else keys.Add(Encoding.UTF8.GetString(CanonicalJson.Write(element)));
        }
        return keys.ToImmutable();
    }

    private static ImmutableArray<string> ReadClients(DocumentObject members)
    {
        var clients = ImmutableArray.CreateBuilder<string>();
        foreach (var (element, pointer) in members.List("clients", 1, 16))
        {
            var client = members.Texted(element, pointer, 255);
            if (client.Length > 0 && clients.Contains(client))
                members.Problems.Add(pointer, ProblemCode.Duplicate, "This client is there twice.");
            clients.Add(client);
        }
        return clients.ToImmutable();
    }

    /// <summary>Members that a public key may have (RFC 7517); anything else, above all a private part, is refused.</summary>
    private static readonly string[] KeyMembers = ["kty", "crv", "x", "y", "kid", "use", "alg", "key_ops"];

    private static string? KeyFault(JsonElement key, out string id)
    {
        id = "";
        if (key.ValueKind != JsonValueKind.Object) return "A JSON Web Key is expected here.";
        var names = key.EnumerateObject().Select(member => member.Name).ToArray();
        if (names.Contains("d")) return "This is a private key. Only its public part may be registered.";
        if (names.Distinct(StringComparer.Ordinal).Count() != names.Length || names.Except(KeyMembers).Any())
            return $"Only these members, each once: {string.Join(", ", KeyMembers)}.";
        if (Text(key, "kty") != "EC" || Text(key, "crv") != "P-256") return "An EC key on the curve P-256 is expected here.";
        id = Text(key, "kid") ?? "";
        if (id.Length is 0 or > 64 || id.Any(char.IsControl)) return "A kid of 1 to 64 characters is expected.";
        return IsOnCurve(Text(key, "x"), Text(key, "y")) ? null : "x and y are no point of P-256 in base64url.";
    }

    private static bool IsOnCurve(string? x, string? y)
    {
        if (x is not { Length: 43 } || y is not { Length: 43 }) return false;
        try
        {
            var point = new ECPoint
            {
                X = System.Buffers.Text.Base64Url.DecodeFromChars(x),
                Y = System.Buffers.Text.Base64Url.DecodeFromChars(y),
            };
            using var key = ECDsa.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, Q = point });
            return true;
        }
        catch (Exception exception) when (exception is CryptographicException or FormatException)
        {
            return false;
        }
    }

    private static string? Text(JsonElement key, string name)
    {
        try
        {
            return key.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }
}
