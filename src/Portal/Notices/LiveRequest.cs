namespace Scoring.Notices;

/// <summary>
/// Recognises requests that a page's script makes by itself. They do not prolong the session, since no person is behind them, and are not
/// led to the sign-in at another site.
/// </summary>
internal static class LiveRequest
{
    /// <summary>The header that the script sends when it reads its page again.</summary>
    public const string Header = "X-Live";

    /// <summary>The last part of the path of a stream.</summary>
    public const string PathEnd = "/live";

    /// <summary>Tells whether a script has made a request by itself.</summary>
    public static bool Is(HttpRequest request) =>
        request.Headers.ContainsKey(Header) || request.Path.Value!.EndsWith(PathEnd, StringComparison.Ordinal);
}
