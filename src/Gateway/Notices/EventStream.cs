using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Net.Http.Headers;

namespace Scoring.Notices;

/// <summary>Marks the one route that also answers with server-sent events.</summary>
internal sealed record EventStreamRoute;

/// <summary>
/// Server-sent events as the HTML standard of the WHATWG has them (9.2.6), written by hand: a heartbeat is a comment, and a place without
/// a notice is an id without data, neither of which the framework's writer has.
/// </summary>
internal sealed class EventStream(HttpResponse response, JsonSerializerOptions form)
{
    public const string MediaType = "text/event-stream";

    /// <summary>Whether a request asks the route that has streams for one: the type is named, and nothing is preferred to it.</summary>
    public static bool IsAskedFor(HttpContext context)
    {
        if (context.GetEndpoint()?.Metadata.GetMetadata<EventStreamRoute>() is null) return false;
        if (!MediaTypeHeaderValue.TryParseList(context.Request.Headers.Accept, out var accepted)) return false;
        var stream = Quality(accepted, MediaType);
        return stream > 0 && stream >= Quality(accepted, "application/json");
    }

    /// <summary>Begins the answer.</summary>
    public static void Begin(HttpResponse response)
    {
        response.ContentType = MediaType;
        response.Headers["X-Accel-Buffering"] = "no"; // proxies of the kind of nginx would hold it back otherwise
        response.HttpContext.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
    }

    /// <summary>When to come again, and from where: an id without data is remembered and shown to nobody.</summary>
    public void Opening(int retryMs, string id)
    {
        Text(string.Create(CultureInfo.InvariantCulture, $"retry: {retryMs}\nid: {id}\n\n"));
    }

    /// <summary>One notice under its kind.</summary>
    public void Notice(Notice notice) => Event(notice.Kind, notice.Id, JsonSerializer.SerializeToUtf8Bytes(notice, form));

    /// <summary>An event that is no notice; without an id it leaves the client's place as it is.</summary>
    public void Word(string word, string? id) => Event(word, id, "{}"u8);

    /// <summary>A comment, which clients pass over.</summary>
    public void Heartbeat() => Text(":\n\n");

    public async Task Flush(CancellationToken cancellationToken) => await response.BodyWriter.FlushAsync(cancellationToken);

    // JSON as it is written here has no line feed, so that it is one line of data.
    private void Event(string name, string? id, ReadOnlySpan<byte> data)
    {
        Text($"event: {name}\n");
        if (id is not null) Text($"id: {id}\n");
        Text("data: ");
        response.BodyWriter.Write(data);
        Text("\n\n");
    }

    private void Text(string text) => Encoding.UTF8.GetBytes(text, response.BodyWriter);

    private static double Quality(IList<MediaTypeHeaderValue> accepted, string type) => accepted
        .Where(one => one.MediaType.Equals(type, StringComparison.OrdinalIgnoreCase)).Select(one => one.Quality ?? 1)
        .DefaultIfEmpty(0).Max();
}
