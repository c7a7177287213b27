using System.Net.Http.Headers;
using System.Net.ServerSentEvents;
using System.Text;
using Scoring.Hosting;

namespace Scoring.Notices;

/// <summary>A client that listens to a stream of notices, as text or through the runtime's own reader of server-sent events.</summary>
internal sealed class OpenStream : IAsyncDisposable
{
    public const string Path = "/v1/me/subjects/safe-driver/0/notices";

    private readonly HttpResponseMessage response;
    private readonly Stream body;
    private readonly StringBuilder seen = new();
    private readonly byte[] buffer = new byte[4096];
    private readonly CancellationTokenSource patience = new(TimeSpan.FromSeconds(60));

    private OpenStream(HttpResponseMessage response, Stream body) => (this.response, this.body) = (response, body);

    public int Status => (int)response.StatusCode;

    public HttpResponseHeaders Headers => response.Headers;

    public string? ContentType => response.Content.Headers.ContentType?.ToString();

    public static async Task<OpenStream> Open(
        TestGateway gateway, string query = "", string? lastEventId = null, string accept = "text/event-stream",
        string role = "participant",
        HttpMethod? method = null)
    {
        using var request = new HttpRequestMessage(method ?? HttpMethod.Get, Path + query);
        request.Headers.Authorization = new("Bearer", role.Contains('.') ? role : gateway.Token(role));
        request.Headers.TryAddWithoutValidation("Accept", accept);
        if (lastEventId is not null) request.Headers.TryAddWithoutValidation("Last-Event-ID", lastEventId);
        var response = await gateway.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        return new OpenStream(response, await response.Content.ReadAsStreamAsync());
    }

    /// <summary>Reads on until this text has come; everything up to there.</summary>
    public async Task<string> Until(string text)
    {
        while (!seen.ToString().Contains(text, StringComparison.Ordinal))
        {
            var read = await body.ReadAsync(buffer, patience.Token);
            if (read == 0) throw new EndOfStreamException($"It ended after: {seen}");
            seen.Append(Encoding.UTF8.GetString(buffer, 0, read));
        }

        return seen.ToString();
    }

    /// <summary>Reads to its end.</summary>
    public async Task<string> ToEnd()
    {
        for (int read; (read = await body.ReadAsync(buffer, patience.Token)) > 0;) seen.Append(Encoding.UTF8.GetString(buffer, 0, read));
        return seen.ToString();
    }

    /// <summary>The events to its end, as the runtime's reader has them.</summary>
    public async Task<List<(string Kind, string Data, string LastId)>> Events()
    {
        var events = new List<(string, string, string)>();
        var parser = SseParser.Create(body);
        await foreach (var item in parser.EnumerateAsync()) events.Add((item.EventType, item.Data, parser.LastEventId));
        return events;
    }

    public ValueTask DisposeAsync()
    {
        response.Dispose();
        patience.Dispose();
        return ValueTask.CompletedTask;
    }
}
