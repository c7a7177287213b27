using System.Collections.Frozen;
using System.Diagnostics;

namespace Scoring.AllowLists;

/// <summary>
/// The spans that leave a process, and what of them. Everything else is dropped: spans of another source or with another name, every tag
/// that is not listed, descriptions of a status, trace state, and each span with an event, because an event cannot be taken off a span and
/// mostly holds an exception's text. Baggage is never exported.
/// </summary>
internal static class SpanAllowList
{
    /// <summary>The source of the platform's own spans.</summary>
    public const string Own = "Scoring";

    private const string Server = "Microsoft.AspNetCore";
    private const string Client = "System.Net.Http";
    private const string Method = "http.request.method";
    private const string Route = "http.route";
    private const string OtherMethod = "_OTHER";

    /// <summary>The listed tags of each source. A path, an address and a user agent are none of them: a route is a pattern.</summary>
    private static readonly FrozenDictionary<string, FrozenSet<string>> Tags = new Dictionary<string, FrozenSet<string>>
    {
        [Server] = FrozenSet.Create(Method, Route, "http.response.status_code", "error.type", "network.protocol.version"),
        [Client] = FrozenSet.Create(Method, "http.response.status_code", "error.type", "network.protocol.version"),
        [Own] = FrozenSet.Create("error.type", "scoring.rows"),
    }.ToFrozenDictionary();

    /// <summary>The names of the platform's own spans.</summary>
    private static readonly FrozenSet<string> OwnNames = FrozenSet.Create("append", "route", "flush", "deliver", "fold");

    private static readonly FrozenSet<string> Methods =
        FrozenSet.Create("GET", "POST", "PUT", "DELETE", "HEAD", "PATCH", "OPTIONS", "TRACE", "CONNECT");

    /// <summary>The sources whose spans leave.</summary>
    public static string[] Sources => [.. Tags.Keys];

    /// <summary>Takes off an ended span what is not listed. Returns whether the rest may leave.</summary>
    public static bool Apply(Activity span)
    {
        if (!Tags.TryGetValue(span.Source.Name, out var tags) || span.Events.Any() || !span.Links.All(IsPlain)) return false;
        foreach (var (name, value) in span.TagObjects.ToArray()) Strip(span, name, value, tags);
        if (span.GetTagItem(Method) is { } method && !IsMethod(method)) span.SetTag(Method, OtherMethod); // a caller may send any word
        if (Name(span) is not { } listed) return false;
        span.DisplayName = listed;
        span.TraceStateString = null;
        span.SetStatus(span.Status); // without a description
        return true;
    }

    private static void Strip(Activity span, string name, object? value, FrozenSet<string> tags)
    {
        if (tags.Contains(name) && PlainValue.Of(value) is not null) return;
        span.SetTag(name, null);
        while (span.GetTagItem(name) is not null) span.SetTag(name, null); // one that was added twice
    }

    /// <summary>A link holds two random numbers, and nothing of its own may come with them.</summary>
    private static bool IsPlain(ActivityLink link) =>
        (link.Tags is null || !link.Tags.Any()) && string.IsNullOrEmpty(link.Context.TraceState);

    /// <summary>Returns the name under which a span leaves; <see langword="null"/> when its name is not listed.</summary>
    private static string? Name(Activity span) => span.Source.Name switch
    {
        Server => span.GetTagItem(Route) is string route ? $"{MethodOf(span)} {route}" : MethodOf(span),
        Client => MethodOf(span),
        _ => OwnNames.Contains(span.DisplayName) ? span.DisplayName : null,
    };

    private static string MethodOf(Activity span) => span.GetTagItem(Method) is string method && IsMethod(method) ? method : "HTTP";

    private static bool IsMethod(object method) => method is string word && Methods.Contains(word);
}
