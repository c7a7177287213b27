using System.Buffers.Text;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Scoring.Histories;

namespace Scoring.Loads;

/// <summary>Sends single requests to gateways, without retries, and tells how each ended.</summary>
internal sealed class GatewayClient(IReadOnlyList<Uri> gateways) : IDisposable
{
    private readonly HttpClient _http = new(new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.FromMinutes(1) })
    {
        Timeout = TimeSpan.FromSeconds(25), // longer than a gateway's own limit of a request
    };
    private long _busyWithoutRetryAfter;

    /// <summary>How many gateways there are.</summary>
    public int Count => gateways.Count;

    /// <summary>How many answers 429 and 503 had no <c>Retry-After</c>.</summary>
    public long BusyWithoutRetryAfter => Interlocked.Read(ref _busyWithoutRetryAfter);

    /// <summary>Sends a batch of events.</summary>
    public async Task<Ending> Send(int gateway, string token, byte[] batch, CancellationToken cancellationToken)
    {
        var (ending, _) = await Post(gateway, "/v1/events", token, batch, "application/cloudevents-batch+json", cancellationToken);
        return ending;
    }

    /// <summary>Queries a score.</summary>
    public async Task<(Ending Ending, QueryAnswer? Answer)> Query(
        int gateway, string token, string grant, CancellationToken cancellationToken)
    {
        var (ending, text) = await Post(
            gateway, "/v1/scores/query", token, Encoding.UTF8.GetBytes($$"""{"grant":"{{grant}}"}"""), "application/json",
            cancellationToken);
        if (ending.Outcome != Outcome.Done) return (ending, null);
        var answer = JsonElement.Parse(text);
        var reference = new Guid(Base64Url.DecodeFromChars(answer.GetProperty("reference").GetString()), bigEndian: true);
        return (ending, new QueryAnswer(reference, answer.GetProperty("score").GetInt64(), answer.GetProperty("tier").GetString()!));
    }

    public void Dispose() => _http.Dispose();

    private async Task<(Ending Ending, string Text)> Post(
        int gateway, string path, string token, byte[] body, string mediaType, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(gateways[gateway], path));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        request.Content = new ByteArrayContent(body);
        request.Content.Headers.ContentType = new MediaTypeHeaderValue(mediaType);
        try
        {
            using var response = await _http.SendAsync(request, cancellationToken);
            var text = await response.Content.ReadAsStringAsync(cancellationToken);
            var busy = response.StatusCode is HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable;
            var wait = response.Headers.RetryAfter?.Delta;
            if (busy && wait is null) Interlocked.Increment(ref _busyWithoutRetryAfter);
            var outcome = response.IsSuccessStatusCode ? Outcome.Done : busy ? Outcome.Busy : Outcome.Refused;
            return (new Ending(outcome, (int)response.StatusCode, wait), text);
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException
            || (exception is TaskCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return (new Ending(Outcome.Unanswered, 0, null), "");
        }
    }
}

/// <summary>How a request ended.</summary>
/// <param name="Outcome">The kind of ending.</param>
/// <param name="Status">The status; 0 for none.</param>
/// <param name="RetryAfter">After which time the platform wants it again.</param>
internal readonly record struct Ending(Outcome Outcome, int Status, TimeSpan? RetryAfter);
