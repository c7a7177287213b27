using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Net.Http.Headers;

namespace Scoring.Notices;

/// <summary>Marks the route that also answers with server-sent events.</summary>
internal sealed record EventStreamRoute;

/// <summary>
/// Writes server-sent events (WHATWG HTML standard, 9.2.6). The framework's writer cannot write the two things that this stream needs:
/// a heartbeat, which is a comment, and a place without a notice, which is an id without data.
/// </summary>
internal sealed class EventStream(HttpResponse response, JsonSerializerOptions options)
{
    public const string MediaType = "text/event-stream";

    /// <summary>Whether the request is to the streaming route and accepts a stream at least as much as JSON.</summary>
    public static bool IsRequested(HttpContext context)
    {
        if (context.GetEndpoint()?.Metadata.GetMetadata<EventStreamRoute>() is null) return false;
        if (!MediaTypeHeaderValue.TryParseList(context.Request.Headers.Accept, out var accepted)) return false;
        var stream = Quality(accepted, MediaType);
        return stream > 0 && stream >= Quality(accepted, "application/json");
    }

    /// <summary>Sets the headers of the stream and turns buffering off.</summary>
    public static void Begin(HttpResponse response)
    {
        response.ContentType = MediaType;
        response.Headers["X-Accel-Buffering"] = "no"; // nginx would buffer the stream otherwise
        response.HttpContext.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
    }

    /// <summary>
    /// Writes when and from where to reconnect. A client remembers an id without data as its place and dispatches no event for it.
    /// </summary>
    public void WriteOpening(int retryMs, string id)
    {
        WriteText(string.Create(CultureInfo.InvariantCulture, $"retry: {retryMs}\nid: {id}\n\n"));
    }

    /// <summary>Writes a notice as an event of its kind.</summary>
    public void WriteNotice(Notice notice) =>
        WriteEvent(notice.Kind, notice.Id, JsonSerializer.SerializeToUtf8Bytes(notice, options));

    /// <summary>Writes an event that is not a notice. Without an id the client keeps its place.</summary>
    public void WriteMarker(string name, string? id) => WriteEvent(name, id, "{}"u8);

    /// <summary>Writes a comment, which clients ignore.</summary>
    public void WriteHeartbeat() => WriteText(":\n\n");

    public async Task Flush(CancellationToken cancellationToken) => await response.BodyWriter.FlushAsync(cancellationToken);

    // The serializer writes no line feed into JSON, so that the data is one line.
    private void WriteEvent(string name, string? id, ReadOnlySpan<byte> data)
    {
        WriteText($"event: {name}\n");
        if (id is not null) WriteText($"id: {id}\n");
        WriteText("data: ");
        response.BodyWriter.Write(data);
        WriteText("\n\n");
    }

    private void WriteText(string text) => Encoding.UTF8.GetBytes(text, response.BodyWriter);

    private static double Quality(IList<MediaTypeHeaderValue> accepted, string type) => accepted
        .Where(value => value.MediaType.Equals(type, StringComparison.OrdinalIgnoreCase)).Select(value => value.Quality ?? 1)
        .DefaultIfEmpty(0).Max();
}
