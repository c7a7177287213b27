using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Http.Features;

namespace Scoring.Notices;

/// <summary>Writes server-sent events that say that something is new, and nothing of what it is.</summary>
internal sealed class LiveWriter(HttpResponse response)
{
    /// <summary>After this time a browser asks again when the stream broke.</summary>
    private static readonly TimeSpan Reconnect = TimeSpan.FromSeconds(3);

    /// <summary>After this time it asks again when there was no stream to be had.</summary>
    private static readonly TimeSpan ReconnectWhenBusy = TimeSpan.FromSeconds(30);

    /// <summary>Begins the answer.</summary>
    public Task Begin(CancellationToken cancellationToken)
    {
        response.ContentType = "text/event-stream";
        response.Headers["X-Accel-Buffering"] = "no"; // nginx would keep events back
        response.HttpContext.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        return Write(Retry(Reconnect), cancellationToken);
    }

    /// <summary>Says from which place on the stream tells what is new.</summary>
    public Task Ready(string place, CancellationToken cancellationToken) => Event("ready", place, cancellationToken);

    /// <summary>Says that something is new.</summary>
    public Task Notice(string? place, CancellationToken cancellationToken) => Event("notice", place, cancellationToken);

    /// <summary>Says that the subject has withdrawn.</summary>
    public Task Withdrawn(CancellationToken cancellationToken) => Event("withdrawn", null, cancellationToken);

    /// <summary>Keeps the connection: a comment, which browsers ignore.</summary>
    public Task Heartbeat(CancellationToken cancellationToken) => Write(":\n\n", cancellationToken);

    /// <summary>Asks the browser to come back later.</summary>
    public Task Busy(CancellationToken cancellationToken) => Write(Retry(ReconnectWhenBusy), cancellationToken);

    private Task Event(string name, string? place, CancellationToken cancellationToken) =>
        Write($"event: {name}\n{(place is null ? "" : $"id: {place}\n")}data: 1\n\n", cancellationToken);

    private static string Retry(TimeSpan wait) => string.Create(CultureInfo.InvariantCulture, $"retry: {wait.TotalMilliseconds:0}\n\n");

    private async Task Write(string text, CancellationToken cancellationToken)
    {
        await response.WriteAsync(text, Encoding.UTF8, cancellationToken);
        await response.Body.FlushAsync(cancellationToken);
    }
}
