using System.Buffers.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Scoring.City.Commands;
using Scoring.City.People;
using Scoring.City.Platform;

namespace Scoring.Enrolments;

/// <summary>Makes handle proofs: valid ones, and one for each way to forge one.</summary>
internal sealed class HandleProofs(Session session)
{
    /// <summary>A proof by the handle's source that the handle belongs to the participant.</summary>
    public string Valid(Resident owner, Handle handle, DateTimeOffset issuedAt) => Sign(handle.Source, Claims(owner, handle, issuedAt));

    /// <summary>Each way to forge a proof, with what is wrong.</summary>
    public IEnumerable<(string Fault, string Proof)> Forged(Resident owner, Resident other, Handle handle, DateTimeOffset now)
    {
        var issued = now.AddMinutes(-2).ToUnixTimeSeconds();
        foreach (var (fault, name, value) in new (string, string, JsonNode?)[]
        {
            ("another person", "sub", other.Participant), ("no person", "sub", null),
            ("another programme", "programme", "fair-payer"), ("no programme", "programme", null),
            ("another installation", "aud", "https://another-city.example"),
            ("several installations", "aud", new JsonArray(session.Standalone.Installation, "https://another-city.example")),
            ("expired", "exp", issued + 60), ("no end", "exp", null), ("valid for too long", "exp", issued + 86_400),
            ("issued in the future", "iat", issued + 3600), ("no instant of issue", "iat", null),
            ("a source that is not registered", "iss", "https://unknown.example"), ("no source", "iss", null),
            ("a handle that is too short", "handle", "short"), ("no handle", "handle", null),
        })
        {
            var claims = Claims(owner, handle, now.AddMinutes(-2));
            if (value is null) claims.Remove(name);
            else claims[name] = value;
            yield return (fault, Sign(handle.Source, claims));
        }
        var payment = session.Standalone.Sources.First(source => source.Family == EventFamily.Payment);
        var good = Claims(owner, handle, now.AddMinutes(-2));
        yield return ("the key of another source", SignWith(KeyNamed(payment.SigningKey, KeyOf(handle.Source)), good));
        var own = good.DeepClone().AsObject();
        own["iss"] = payment.Id;
        yield return ("a source of which the programme takes no events", Sign(payment.Id, own));
        var valid = Sign(handle.Source, good).Split('.');
        yield return ("other claims under the signature", $"{valid[0]}.{Part(Claims(owner, handle, now.AddMinutes(-1)))}.{valid[2]}");
        var unsigned = Part(new JsonObject { ["alg"] = "none", ["typ"] = "JWT" });
        yield return ("no signature", $"{unsigned}.{valid[1]}.");
    }

    private JsonObject Claims(Resident owner, Handle handle, DateTimeOffset issuedAt)
    {
        var claims = new JsonObject
        {
            ["handle"] = handle.Token, ["programme"] = owner.Programme, ["sub"] = owner.Participant, ["iss"] = handle.Source,
            ["iat"] = issuedAt.ToUnixTimeSeconds(), ["exp"] = issuedAt.AddMinutes(5).ToUnixTimeSeconds(),
        };
        if (session.Standalone.Installation is { } installation) claims["aud"] = installation;
        return claims;
    }

    private string Sign(string source, JsonObject claims) => SignWith(KeyOf(source), claims);

    private JsonElement KeyOf(string source) => session.Standalone.Sources.Single(one => one.Id == source).SigningKey;

    private static string SignWith(JsonElement key, JsonObject claims)
    {
        using var signer = new JwsSigner(key);
        return signer.Sign("JWT", claims);
    }

    /// <summary>A key under the name of another one.</summary>
    private static JsonElement KeyNamed(JsonElement key, JsonElement named)
    {
        var copy = JsonNode.Parse(key.GetRawText())!.AsObject();
        copy["kid"] = named.GetProperty("kid").GetString();
        return JsonElement.Parse(copy.ToJsonString());
    }

    private static string Part(JsonObject part) => Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(part));
}
