using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Scoring.City.Platform;

/// <summary>
/// Sends requests to the HTTP API, to one gateway or to several in turn. When the platform is busy, it retries up to
/// <see cref="AttemptsMax"/> times.
/// </summary>
public sealed class ApiClient : IDisposable
{
    /// <summary>How often a request is sent at most. After that a busy answer or a broken connection is final.</summary>
    public const int AttemptsMax = 40;

    /// <summary>The longest wait between two attempts, even when Retry-After is longer.</summary>
    public static readonly TimeSpan RetryAfterMax = TimeSpan.FromSeconds(5);

    private readonly HttpClient[] _gateways;
    private int _next;
    private long _retries;

    /// <summary>Creates a client.</summary>
    /// <param name="gateways">The addresses of the gateways.</param>
    /// <param name="createHandler">Creates the message handlers; by default they use the network.</param>
    public ApiClient(IReadOnlyList<Uri> gateways, Func<HttpMessageHandler>? createHandler = null) => _gateways =
    [
        .. gateways.Select(address => new HttpClient(createHandler?.Invoke() ?? new SocketsHttpHandler { MaxConnectionsPerServer = 64 })
        {
            BaseAddress = address,
            Timeout = TimeSpan.FromSeconds(60),
        }),
    ];

    /// <summary>How many retries were needed so far.</summary>
    public long Retries => Interlocked.Read(ref _retries);

    /// <summary>Sends a request with a JSON body. Returns the JSON answer; <see langword="null"/> for 404.</summary>
    /// <exception cref="ApiException">The status is neither a success nor 404.</exception>
    public async Task<JsonElement?> SendJson(
        HttpMethod method, string path, string? token, JsonNode? body, CancellationToken cancellationToken)
    {
        var bytes = body is null ? null : Encoding.UTF8.GetBytes(body.ToJsonString());
        var (status, answer) = await Send(method, path, token, bytes, "application/json", cancellationToken);
        if (status == HttpStatusCode.NotFound) return null;
        if ((int)status is < 200 or >= 300) throw new ApiException(status, $"{method} {path}", answer);
        if (answer.Length == 0) return default(JsonElement);
        using var document = JsonDocument.Parse(answer);
        return document.RootElement.Clone();
    }

    /// <summary>Sends one request, with retries. Returns the status and the text of the last answer.</summary>
    public async Task<(HttpStatusCode Status, string Answer)> Send(
        HttpMethod method, string path, string? token, byte[]? body, string mediaType, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            using var request = new HttpRequestMessage(method, path);
            if (token is not null) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
            if (body is not null)
            {
                request.Content = new ByteArrayContent(body);
                request.Content.Headers.ContentType = new MediaTypeHeaderValue(mediaType);
            }
            var gateway = _gateways[(uint)Interlocked.Increment(ref _next) % (uint)_gateways.Length];
            TimeSpan wait;
            try
            {
                using var response = await gateway.SendAsync(request, cancellationToken);
                if (attempt == AttemptsMax
                    || response.StatusCode is not (HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable))
                    return (response.StatusCode, await response.Content.ReadAsStringAsync(cancellationToken));
                wait = RetryAfter(response.Headers.RetryAfter?.Delta);
            }
            catch (HttpRequestException) when (attempt < AttemptsMax)
            {
                wait = TimeSpan.FromMilliseconds(250);
            }
            Interlocked.Increment(ref _retries);
            await Task.Delay(wait, cancellationToken);
        }
    }

    /// <summary>Sends a GET request. Returns the answer as soon as its headers are there; the caller disposes of it.</summary>
    /// <param name="path">The path.</param>
    /// <param name="token">An access token.</param>
    /// <param name="mediaType">The media type to accept.</param>
    /// <param name="lastEventId">The id of the last event received from the stream; <see langword="null"/> for none.</param>
    /// <param name="cancellationToken">Cancels the request.</param>
    /// <exception cref="ApiException">The status is not a success.</exception>
    public async Task<HttpResponseMessage> Open(
        string path, string token, string mediaType, string? lastEventId, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue(mediaType));
        if (lastEventId is not null) request.Headers.Add("Last-Event-ID", lastEventId);
        var response = await _gateways[0].SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        if (response.IsSuccessStatusCode) return response;
        using (response)
            throw new ApiException(response.StatusCode, $"GET {path}", await response.Content.ReadAsStringAsync(cancellationToken));
    }

    /// <summary>Sends a GET request, and copies the answer to a stream. The answer may have any size.</summary>
    /// <exception cref="ApiException">The status is not a success.</exception>
    public async Task Download(string path, string token, Stream into, CancellationToken cancellationToken)
    {
        using var answer = await Open(path, token, "*/*", null, cancellationToken);
        await answer.Content.CopyToAsync(into, cancellationToken);
    }

    /// <summary>Sends a POST request, and copies the answer to a stream. The answer may have any size.</summary>
    /// <exception cref="ApiException">The status is not a success.</exception>
    public async Task Download(string path, string token, JsonNode body, string mediaType, Stream into, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue(mediaType));
        request.Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
        using var answer = await _gateways[0].SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        if (!answer.IsSuccessStatusCode)
            throw new ApiException(answer.StatusCode, $"POST {path}", await answer.Content.ReadAsStringAsync(cancellationToken));
        await answer.Content.CopyToAsync(into, cancellationToken);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var gateway in _gateways) gateway.Dispose();
    }

    private static TimeSpan RetryAfter(TimeSpan? requested) =>
        requested is not { } wait || wait <= TimeSpan.Zero ? TimeSpan.FromMilliseconds(250) : wait < RetryAfterMax ? wait : RetryAfterMax;
}
