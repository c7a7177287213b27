using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;
using Scoring.City.Platform;

namespace Scoring.City.Tests;

/// <summary>Values for tests that need any.</summary>
internal static class Samples
{
    public const string Source = "https://source.example/traffic";

    public const string Cameras = "https://source.example/cameras";

    public static StandaloneFile StandaloneFile(ECDsa key) => new(
        new Uri("http://127.0.0.1:1"), null, new DevelopmentIssuer("issuer", "scoring", Jwk(key)),
        [
            new DevelopmentSource(Source, EventFamily.Traffic, "token", Jwk(key)),
            new DevelopmentSource(Cameras, EventFamily.Surveillance, "token", Jwk(key)),
            new DevelopmentSource("https://source.example/payments", EventFamily.Payment, "token", Jwk(key)),
        ],
        []);

    public static JsonElement Jwk(ECDsa key)
    {
        var own = key.ExportParameters(includePrivateParameters: true);
        return JsonSerializer.SerializeToElement(new
        {
            kty = "EC", crv = "P-256", kid = "key-1", x = Text(own.Q.X), y = Text(own.Q.Y), d = Text(own.D),
        });
    }

    private static string Text(byte[]? bytes) => Base64Url.EncodeToString(bytes);
}
