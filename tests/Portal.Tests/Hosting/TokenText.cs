using System.Buffers.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Scoring.Hosting;

/// <summary>Finds access, ID and refresh tokens in a text. A receipt and a handle proof are signed alike and are no such tokens.</summary>
internal static partial class TokenText
{
    /// <summary>The members of a token's payload that only a token of the provider has.</summary>
    private static readonly string[] Marks = ["roles", "scope", "client_id", "nonce", "at_hash", "oi_tkn_id"];

    /// <summary>Returns the beginning of each token.</summary>
    public static IEnumerable<string> Find(string text) =>
        from Match match in Compact().Matches(text)
        where IsToken(match.Value.Split('.'))
        select match.Value[..24];

    private static bool IsToken(string[] parts)
    {
        if (parts.Length > 3) return true; // encrypted: nothing but a refresh token of the provider is
        try
        {
            var header = JsonElement.Parse(Base64Url.DecodeFromChars(parts[0]));
            var payload = JsonElement.Parse(Base64Url.DecodeFromChars(parts[1]));
            return header.TryGetProperty("typ", out var type) && type.GetString() is "at+jwt" or "oi_reft+jwt"
                || Marks.Any(mark => payload.TryGetProperty(mark, out _));
        }
        catch (Exception exception) when (exception is FormatException or JsonException)
        {
            return false;
        }
    }

    [GeneratedRegex(@"eyJ[A-Za-z0-9_-]{8,}(\.[A-Za-z0-9_-]*){2,4}")]
    private static partial Regex Compact();
}
