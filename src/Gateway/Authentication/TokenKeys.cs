using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Tokens;

namespace Scoring.Authentication;

/// <summary>Reads and validates the token keys of the configuration. Only public EC and RSA keys are valid.</summary>
internal sealed class TokenKeys : IValidateOptions<TokenOptions>
{
    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, TokenOptions options)
    {
        var errors = new List<string>();
        var keysGiven = options.Jwks.Length > 0 || options.JwksFile.Length > 0;
        if (!keysGiven && options.Authority.Length == 0) errors.Add("Gateway:Tokens requires Authority, or Issuer with Jwks or JwksFile.");
        if (keysGiven && options.Issuer.Length == 0) errors.Add("Gateway:Tokens:Issuer is required with Jwks or JwksFile.");
        if (keysGiven) errors.AddRange(Faults(options));
        return errors.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);
    }

    /// <summary>Reads the configured keys; empty when the authority publishes them.</summary>
    public static IList<SecurityKey> Of(TokenOptions options) =>
        options.Jwks.Length > 0 ? new JsonWebKeySet(options.Jwks).GetSigningKeys()
        : options.JwksFile.Length > 0 ? new JsonWebKeySet(File.ReadAllText(options.JwksFile)).GetSigningKeys()
        : [];

    private static IEnumerable<string> Faults(TokenOptions options)
    {
        IList<JsonWebKey> keys;
        try
        {
            keys = new JsonWebKeySet(options.Jwks.Length > 0 ? options.Jwks : File.ReadAllText(options.JwksFile)).Keys;
        }
        catch (Exception exception) when (exception is ArgumentException or IOException or UnauthorizedAccessException)
        {
            return ["Gateway:Tokens: the key set cannot be read."];
        }

        if (keys.Count == 0) return ["Gateway:Tokens: the key set is empty."];
        if (keys.Any(key => key.Kty is not ("EC" or "RSA"))) return ["Gateway:Tokens: the key set may hold EC and RSA keys only."];
        return keys.Any(key => key.HasPrivateKey) ? ["Gateway:Tokens: the key set holds a private key."] : [];
    }
}
