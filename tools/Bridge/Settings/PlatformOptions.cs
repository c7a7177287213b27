using System.ComponentModel.DataAnnotations;

namespace Scoring.Bridge.Settings;

/// <summary>The platform and the source's access to it.</summary>
internal sealed class PlatformOptions : IValidatableObject
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "Platform";

    /// <summary>The base addresses of the gateways: https, or http on this machine.</summary>
    [Required, MinLength(1)]
    public IList<Uri> Addresses { get; set; } = [];

    /// <summary>A file with the source's access token. It is read before each request, so it may be replaced at any time.</summary>
    public string TokenFile { get; set; } = "";

    /// <summary>The issuer's token endpoint, for access tokens by client credentials.</summary>
    public Uri? TokenEndpoint { get; set; }

    /// <summary>The client's id at the issuer.</summary>
    public string ClientId { get; set; } = "";

    /// <summary>A file with the client's secret.</summary>
    public string ClientSecretFile { get; set; } = "";

    /// <summary>The scope to ask the issuer for; empty for its default.</summary>
    public string Scope { get; set; } = "";

    /// <summary>How often the client repeats a request before the bridge pauses.</summary>
    [Range(1, 10)]
    public int AttemptsMax { get; set; } = 3;

    /// <summary>The longest wait for one answer, in seconds.</summary>
    [Range(1, 300)]
    public int AnswerSecondsMax { get; set; } = 60;

    /// <summary>The longest pause that an answer's <c>Retry-After</c> may ask for, in seconds.</summary>
    [Range(1, 3600)]
    public int RetryAfterSecondsMax { get; set; } = 300;

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        foreach (var address in Addresses)
            if (!IsProtected(address))
                yield return new($"{Section}:{nameof(Addresses)} must be https, or http on this machine: {address}.");
        var hasFile = TokenFile.Length > 0;
        var hasClient = TokenEndpoint is not null || ClientId.Length > 0 || ClientSecretFile.Length > 0;
        if (hasFile == hasClient)
            yield return new($"Set {Section}:{nameof(TokenFile)}, or {nameof(TokenEndpoint)} with {nameof(ClientId)} and "
                + $"{nameof(ClientSecretFile)}.");
        else if (hasClient && (TokenEndpoint is null || ClientId.Length == 0 || ClientSecretFile.Length == 0))
            yield return new(
                $"{Section}:{nameof(TokenEndpoint)}, {nameof(ClientId)} and {nameof(ClientSecretFile)} belong together.");
        if (TokenEndpoint is { } endpoint && !IsProtected(endpoint))
            yield return new($"{Section}:{nameof(TokenEndpoint)} must be https, or http on this machine.");
    }

    private static bool IsProtected(Uri address) =>
        address.IsAbsoluteUri && (address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && address.IsLoopback));
}
