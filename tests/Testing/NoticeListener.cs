using System.Net;
using System.Net.ServerSentEvents;
using System.Text.Json;

namespace Scoring.Testing;

/// <summary>Reads live notices as a browser does, with the runtime's parser of server-sent events.</summary>
public sealed class NoticeListener : IAsyncDisposable
{
    private readonly HttpClient _http;
    private readonly HttpResponseMessage _response;
    private readonly IAsyncEnumerator<SseItem<string>> _items;

    private NoticeListener(HttpClient http, HttpResponseMessage response, Stream body, CancellationToken cancellationToken)
    {
        _http = http;
        _response = response;
        Parser = SseParser.Create(body);
        _items = Parser.EnumerateAsync(cancellationToken).GetAsyncEnumerator(cancellationToken);
    }

    public HttpResponseMessage Response => _response;

    public HttpStatusCode Status => _response.StatusCode;

    /// <summary>Every notice received so far, with its kind.</summary>
    public List<(string Kind, JsonElement Notice)> Received { get; } = [];

    private SseParser<string> Parser { get; }

    /// <summary>Opens a stream and reads its headers; every later notice is received.</summary>
    public static async Task<NoticeListener> Open(
        Uri gateway, string path, string token, string? lastId, CancellationToken cancellationToken)
    {
        var http = new HttpClient { BaseAddress = gateway, Timeout = Timeout.InfiniteTimeSpan };
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Authorization = new("Bearer", token);
        request.Headers.Accept.ParseAdd("text/event-stream");
        if (lastId is not null) request.Headers.Add("Last-Event-ID", lastId);
        var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        return new NoticeListener(http, response, await response.Content.ReadAsStreamAsync(cancellationToken), cancellationToken);
    }

    /// <summary>Reads the next notice; returns <see langword="false"/> at the end of the stream.</summary>
    public async Task<bool> Next()
    {
        if (!await _items.MoveNextAsync()) return false;
        Received.Add((_items.Current.EventType, JsonSerializer.Deserialize<JsonElement>(_items.Current.Data)));
        return true;
    }

    /// <summary>Reads until this number of notices is received.</summary>
    public async Task<NoticeListener> Until(int count)
    {
        while (Received.Count < count)
            (await Next()).ShouldBeTrue($"the stream ended after {string.Join(' ', Received.Select(one => one.Kind))}");
        return this;
    }

    /// <summary>The ids of the received notices.</summary>
    public string[] Ids => [.. Notices.Select(notice => notice.GetProperty("id").GetString()!)];

    /// <summary>The received notices that have an id: events of the stream itself have none.</summary>
    public IEnumerable<JsonElement> Notices => Received.Where(one => one.Notice.TryGetProperty("id", out _)).Select(one => one.Notice);

    public async ValueTask DisposeAsync()
    {
        _response.Dispose();
        _http.Dispose();
        try
        {
            await _items.DisposeAsync();
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException or OperationCanceledException)
        {
            // The stream was still open.
        }
    }
}
