using System.Net;
using System.Net.ServerSentEvents;
using System.Text.Json;

namespace Scoring.Testing;

/// <summary>A client of live notices, as a browser's is: it remembers the last id, through the runtime's own reader of the
/// format.</summary>
public sealed class NoticeListener : IAsyncDisposable
{
    private readonly HttpClient _http;
    private readonly HttpResponseMessage _response;
    private readonly IAsyncEnumerator<SseItem<string>> _items;

    private NoticeListener(HttpClient http, HttpResponseMessage response, Stream body, CancellationToken cancellationToken)
    {
        (_http, _response) = (http, response);
        Parser = SseParser.Create(body);
        _items = Parser.EnumerateAsync(cancellationToken).GetAsyncEnumerator(cancellationToken);
    }

    public HttpResponseMessage Response => _response;

    public HttpStatusCode Status => _response.StatusCode;

    /// <summary>Everything told so far, by its kind.</summary>
    public List<(string Kind, JsonElement Notice)> Told { get; } = [];

    private SseParser<string> Parser { get; }

    /// <summary>Opens a stream; it stands where it begins when this returns.</summary>
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

    /// <summary>Reads the next; <see langword="false"/> at the end of the stream.</summary>
    public async Task<bool> Next()
    {
        if (!await _items.MoveNextAsync()) return false;
        Told.Add((_items.Current.EventType, JsonSerializer.Deserialize<JsonElement>(_items.Current.Data)));
        return true;
    }

    /// <summary>Reads until so many have come.</summary>
    public async Task<NoticeListener> Until(int count)
    {
        while (Told.Count < count) (await Next()).ShouldBeTrue($"it ended after {string.Join(' ', Told.Select(one => one.Kind))}");
        return this;
    }

    /// <summary>The ids of the notices told.</summary>
    public string[] Ids => [.. Notices.Select(notice => notice.GetProperty("id").GetString()!)];

    /// <summary>The notices told, without the words of the stream itself.</summary>
    public IEnumerable<JsonElement> Notices => Told.Where(one => one.Notice.TryGetProperty("id", out _)).Select(one => one.Notice);

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
            // It was listening still.
        }
    }
}
