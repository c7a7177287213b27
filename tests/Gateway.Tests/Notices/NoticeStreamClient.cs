using System.Net.Http.Headers;
using System.Net.ServerSentEvents;
using System.Text;
using Scoring.Hosting;

namespace Scoring.Notices;

/// <summary>Reads a stream of notices, as text or with the runtime's parser of server-sent events.</summary>
internal sealed class NoticeStreamClient : IAsyncDisposable
{
    public const string Path = "/v1/me/subjects/safe-driver/0/notices";

    private readonly HttpResponseMessage _response;
    private readonly Stream _body;
    private readonly StringBuilder _text = new();
    private readonly byte[] _buffer = new byte[4096];
    private readonly CancellationTokenSource _timeout = new(TimeSpan.FromSeconds(60));

    private NoticeStreamClient(HttpResponseMessage response, Stream body)
    {
        _response = response;
        _body = body;
    }

    public int Status => (int)_response.StatusCode;

    public HttpResponseHeaders Headers => _response.Headers;

    public string? ContentType => _response.Content.Headers.ContentType?.ToString();

    public static async Task<NoticeStreamClient> Open(
        TestGateway gateway, string query = "", string? lastEventId = null, string accept = "text/event-stream",
        string role = "participant", HttpMethod? method = null)
    {
        using var request = new HttpRequestMessage(method ?? HttpMethod.Get, Path + query);
        request.Headers.Authorization = new("Bearer", role.Contains('.') ? role : gateway.Token(role));
        request.Headers.TryAddWithoutValidation("Accept", accept);
        if (lastEventId is not null) request.Headers.TryAddWithoutValidation("Last-Event-ID", lastEventId);
        var response = await gateway.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        return new NoticeStreamClient(response, await response.Content.ReadAsStreamAsync());
    }

    /// <summary>Reads until this text has arrived; returns everything read so far.</summary>
    public async Task<string> Until(string text)
    {
        while (!_text.ToString().Contains(text, StringComparison.Ordinal))
        {
            var read = await _body.ReadAsync(_buffer, _timeout.Token);
            if (read == 0) throw new EndOfStreamException($"The stream ended after: {_text}");
            _text.Append(Encoding.UTF8.GetString(_buffer, 0, read));
        }

        return _text.ToString();
    }

    /// <summary>Reads to the end of the stream; returns everything read.</summary>
    public async Task<string> ToEnd()
    {
        for (int read; (read = await _body.ReadAsync(_buffer, _timeout.Token)) > 0;)
            _text.Append(Encoding.UTF8.GetString(_buffer, 0, read));
        return _text.ToString();
    }

    /// <summary>Reads to the end of the stream with the runtime's parser; returns the events.</summary>
    public async Task<List<(string Kind, string Data, string LastId)>> Events()
    {
        var events = new List<(string, string, string)>();
        var parser = SseParser.Create(_body);
        await foreach (var item in parser.EnumerateAsync()) events.Add((item.EventType, item.Data, parser.LastEventId));
        return events;
    }

    public ValueTask DisposeAsync()
    {
        _response.Dispose();
        _timeout.Dispose();
        return ValueTask.CompletedTask;
    }
}
