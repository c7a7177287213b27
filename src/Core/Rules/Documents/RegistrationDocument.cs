using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Scoring.Programmes;

namespace Scoring.Rules;

/// <summary>Writes and reads registered sources and services as documents.</summary>
public static class RegistrationDocument
{
    /// <summary>Writes the canonical document of a source.</summary>
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
        if (source.LinkUri is not null) document["linkUri"] = source.LinkUri;
        return CanonicalJson.Write(document);
    }

    /// <summary>Writes the canonical document of a service.</summary>
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

    /// <summary>Reads the document of a source. A faulty part is empty in the result.</summary>
    internal static Source ReadSource(JsonElement element, string pointer, Problems problems)
    {
        var members = DocumentObject.Of(element, pointer, problems);
        var id = members.ReadText("id", 255);
        if (id.Length > 0 && !(Uri.TryCreate(id, UriKind.Absolute, out var uri) && uri.IsWellFormedOriginalString() && id[0] != '/'))
            problems.Add(members.PointerTo("id"), ProblemCode.FormWrong,
                "An absolute URI such as urn:example:payments or https://example.org/payments is expected.");
        var source = new Source(id, members.ReadText("name", 80), members.ReadWord("family", EnumNames.Families), ReadKeys(members))
        {
            Clients = members.Has("clients") ? ReadClients(members) : [],
            LinkUri = members.Has("linkUri") ? ReadLinkUri(members) : null,
        };
        members.Close();
        return source;
    }

    /// <summary>Reads the document of a service. A faulty part is empty in the result.</summary>
    internal static Service ReadService(JsonElement element, string pointer, Problems problems)
    {
        var members = DocumentObject.Of(element, pointer, problems);
        var id = members.ReadName("id", NamePatterns.Service(), NamePatterns.ServiceHelp);
        ProgrammeId.TryParse(members.ReadName("programme", NamePatterns.Programme(), NamePatterns.ProgrammeHelp), out var programme);
        var service = new Service(
            id, programme, members.ReadText("legalEntity", 200), members.ReadText("purpose", 500), members.ReadText("contact", 200),
            members.ReadDay("lastDay") ?? DateOnly.MinValue, members.ReadWord("context", EnumNames.Contexts));
        members.Close();
        return service;
    }

    private static ImmutableArray<string> ReadKeys(DocumentObject members)
    {
        var keys = ImmutableArray.CreateBuilder<string>();
        var ids = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (element, pointer) in members.ReadArray("keys", 1, 16))
        {
            var fault = KeyFault(element, out var id);
            if (fault is not null) members.Problems.Add(pointer, ProblemCode.KeyWrong, fault);
            else if (!ids.Add(id)) members.Problems.Add($"{pointer}/kid", ProblemCode.Duplicate, "Another key has this kid.");
            else keys.Add(Encoding.UTF8.GetString(CanonicalJson.Write(element)));
        }
        return keys.ToImmutable();
    }

    private static ImmutableArray<string> ReadClients(DocumentObject members)
    {
        var clients = ImmutableArray.CreateBuilder<string>();
        foreach (var (element, pointer) in members.ReadArray("clients", 1, 16))
        {
            var client = members.ReadText(element, pointer, 255);
            if (client.Length > 0 && clients.Contains(client))
                members.Problems.Add(pointer, ProblemCode.Duplicate, "This client occurs twice.");
            clients.Add(client);
        }
        return clients.ToImmutable();
    }

    /// <summary>
    /// Reads the address of a page. The portal adds a query to it. Without TLS it must be on this machine, as in Development.
    /// </summary>
    private static string ReadLinkUri(DocumentObject members)
    {
        var text = members.ReadText("linkUri", 500);
        var isPage = Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.IsWellFormedOriginalString()
            && (uri.Scheme == Uri.UriSchemeHttps || uri is { IsLoopback: true, Scheme: "http" })
            && uri.Fragment.Length == 0 && uri.Query.Length == 0 && uri.UserInfo.Length == 0 && !text.Contains('?');
        if (isPage || text.Length == 0) return text;
        members.Problems.Add(members.PointerTo("linkUri"), ProblemCode.FormWrong,
            "An https URI without user, query and fragment is expected.");
        return "";
    }

    /// <summary>The members that a public key may have (RFC 7517). Every other member is refused, above all a private part.</summary>
    private static readonly string[] KeyMembers = ["kty", "crv", "x", "y", "kid", "use", "alg", "key_ops"];

    /// <summary>Checks a public EC P-256 JSON Web Key (RFC 7517); the sentence for its fault, or <see langword="null"/>.</summary>
    private static string? KeyFault(JsonElement key, out string id)
    {
        id = "";
        if (key.ValueKind != JsonValueKind.Object) return "A JSON Web Key is expected here.";
        var names = key.EnumerateObject().Select(member => member.Name).ToArray();
        if (names.Contains("d")) return "This is a private key. Register its public part only.";
        if (names.Distinct(StringComparer.Ordinal).Count() != names.Length || names.Except(KeyMembers).Any())
            return $"A key has only these members, each once: {string.Join(", ", KeyMembers)}.";
        if (Text(key, "kty") != "EC" || Text(key, "crv") != "P-256") return "An EC key on the curve P-256 is expected here.";
        id = Text(key, "kid") ?? "";
        if (id.Length is 0 or > 64 || id.Any(char.IsControl)) return "A kid of 1 to 64 characters without control characters is expected.";
        return IsOnCurve(Text(key, "x"), Text(key, "y")) ? null : "x and y are not a point of P-256 in base64url.";
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
