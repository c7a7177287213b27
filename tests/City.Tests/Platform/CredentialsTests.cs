using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Scoring.City.Platform;

namespace Scoring.City.Tests.Platform;

public sealed class CredentialsTests
{
    [Fact]
    public void A_token_has_the_claims_that_the_gateway_checks_and_a_valid_signature()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var credentials = new Credentials(Samples.StandaloneFile(key), TimeProvider.System);
        var payload = Checked(credentials.ParticipantToken("participant-1"), key);
        payload["iss"]!.GetValue<string>().ShouldBe("issuer");
        payload["aud"]!.GetValue<string>().ShouldBe("scoring");
        payload["sub"]!.GetValue<string>().ShouldBe("participant-1");
        payload["roles"]!.AsArray().Select(role => role!.GetValue<string>()).ShouldBe(["participant"]);
        payload["age_over_18"]!.GetValueKind().ShouldBe(System.Text.Json.JsonValueKind.True);
    }

    [Fact]
    public void A_proof_names_handle_programme_and_participant_and_is_valid_for_ten_minutes_at_most()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var credentials = new Credentials(Samples.StandaloneFile(key), TimeProvider.System);
        var payload = Checked(credentials.HandleProof(Samples.Source, "a-handle", "safe-driver", "participant-1"), key);
        payload["handle"]!.GetValue<string>().ShouldBe("a-handle");
        payload["programme"]!.GetValue<string>().ShouldBe("safe-driver");
        payload["sub"]!.GetValue<string>().ShouldBe("participant-1");
        payload["iss"]!.GetValue<string>().ShouldBe(Samples.Source);
        (payload["exp"]!.GetValue<long>() - payload["iat"]!.GetValue<long>()).ShouldBeInRange(1, 600);
        payload.ContainsKey("aud").ShouldBeFalse("this platform names no installation");
    }

    [Fact]
    public void A_proof_is_for_the_installation_that_the_platform_names()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var credentials = new Credentials(
            Samples.StandaloneFile(key) with { Installation = "urn:scoring:development" }, TimeProvider.System);
        Checked(credentials.HandleProof(Samples.Source, "a-handle", "safe-driver", "participant-1"), key)["aud"]!
            .GetValue<string>().ShouldBe("urn:scoring:development");
    }

    [Fact]
    public void A_key_of_another_type_is_refused()
    {
        using var document = JsonDocument.Parse("""{"kty":"oct","k":"AAAA","kid":"x"}""");
        Should.Throw<CityException>(() => new JwsSigner(document.RootElement));
    }

    private static JsonObject Checked(string jws, ECDsa key)
    {
        var parts = jws.Split('.');
        key.VerifyData(Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}"), Base64Url.DecodeFromChars(parts[2]), HashAlgorithmName.SHA256)
            .ShouldBeTrue();
        var header = JsonNode.Parse(Base64Url.DecodeFromChars(parts[0]))!;
        (header["alg"]!.GetValue<string>(), header["kid"]!.GetValue<string>()).ShouldBe(("ES256", "key-1"));
        return JsonNode.Parse(Base64Url.DecodeFromChars(parts[1]))!.AsObject();
    }
}
