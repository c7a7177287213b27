using Scoring.Bridge.Settings;

namespace Scoring.Bridge.Tokens;

/// <summary>Chooses where the source's access token comes from.</summary>
internal static class SourceTokens
{
    /// <summary>Returns what gives the token before each request.</summary>
    /// <param name="options">The settings.</param>
    /// <param name="http">Calls the issuer.</param>
    /// <param name="time">The clock.</param>
    public static Func<CancellationToken, ValueTask<string?>> Create(PlatformOptions options, HttpClient http, TimeProvider time) =>
        options.TokenFile.Length > 0
            ? cancellationToken => FromFile(options.TokenFile, cancellationToken)
            : new ClientCredentials(options, http, time).Token;

    /// <summary>Reads the file each time: it is small, and it is replaced while the bridge runs.</summary>
    private static async ValueTask<string?> FromFile(string path, CancellationToken cancellationToken)
    {
        try
        {
            return await SecretFile.Read(path, cancellationToken);
        }
        catch (IOException exception)
        {
            throw new TokenException(exception.Message, exception);
        }
    }
}
