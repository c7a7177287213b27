using System.Net.Http.Headers;
using System.Text.Json;
using Polly.Timeout;

namespace Scoring.Client;

/// <summary>Sends requests with one caller's access token, and reads answers and problems.</summary>
internal sealed class RequestSender(ScoringConnection connection, Func<CancellationToken, ValueTask<string?>> accessToken)
{
    /// <summary>The media type of most bodies.</summary>
    public const string Json = "application/json";

    /// <summary>The media type of archives.</summary>
    public const string Zip = "application/zip";

    public ScoringClientOptions Options => connection.Options;

    /// <summary>Sends a GET request, and reads the answer.</summary>
    public Task<T> Get<T>(string path, CancellationToken cancellationToken) =>
        Send<T>(Request(HttpMethod.Get, path), cancellationToken);

    /// <summary>Sends a request, and reads the answer.</summary>
    public async Task<T> Send<T>(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        using var answer = await Open(request, Json, cancellationToken);
        var body = await InTime(answer.Content.ReadAsByteArrayAsync, cancellationToken);
        return JsonSerializer.Deserialize<T>(body, ScoringJson.Options) ?? throw new JsonException("The answer is null.");
    }

    /// <summary>Sends a request whose answer has no body.</summary>
    public async Task Send(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        using var answer = await Open(request, Json, cancellationToken);
    }

    /// <summary>Sends a request, and returns the text of the answer.</summary>
    public async Task<string> SendForText(HttpRequestMessage request, string mediaType, CancellationToken cancellationToken)
    {
        using var answer = await Open(request, mediaType, cancellationToken);
        return await InTime(answer.Content.ReadAsStringAsync, cancellationToken);
    }

    /// <summary>Sends a request, and copies the answer to a stream as it comes. The answer may have any size.</summary>
    public async Task Download(HttpRequestMessage request, Stream destination, CancellationToken cancellationToken)
    {
        using var answer = await Open(request, Zip, cancellationToken);
        await answer.Content.CopyToAsync(destination, cancellationToken);
    }

    /// <summary>Sends a request, and returns the answer as soon as its headers are there. The caller disposes of it.</summary>
    /// <exception cref="ScoringProblemException">The platform refuses the request.</exception>
    public async Task<HttpResponseMessage> Open(HttpRequestMessage request, string mediaType, CancellationToken cancellationToken)
    {
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue(mediaType));
        using (request)
        {
            var answer = await SendRaw(request, cancellationToken);
            if (answer.IsSuccessStatusCode) return answer;
            using (answer)
            {
                var body = await InTime(answer.Content.ReadAsByteArrayAsync, cancellationToken);
                throw ScoringProblemException.Of(answer, body);
            }
        }
    }

    /// <summary>Sends a request with the caller's token, and returns the answer whatever its status.</summary>
    public async Task<HttpResponseMessage> SendRaw(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (request.Headers.Authorization is null && await accessToken(cancellationToken) is { } token)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        try
        {
            return await connection.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        }
        catch (TimeoutRejectedException exception)
        {
            throw new TimeoutException($"No answer came within {Options.AttemptTimeout}.", exception);
        }
    }

    /// <summary>Creates a request. A body is written as JSON; bytes are sent as they are.</summary>
    public static HttpRequestMessage Request(HttpMethod method, string path, object? body = null, Repeat repeat = Repeat.ByMethod)
    {
        var request = new HttpRequestMessage(method, path);
        if (repeat == Repeat.Harmless) request.Options.Set(RetryPipelines.HarmlessKey, true);
        if (body is ReadOnlyMemory<byte> written) request.Content = Content(written, Json);
        else if (body is not null) request.Content = Content(JsonSerializer.SerializeToUtf8Bytes(body, ScoringJson.Options), Json);
        return request;
    }

    /// <summary>Creates a body of bytes, which can be sent more than once.</summary>
    public static HttpContent Content(ReadOnlyMemory<byte> body, string mediaType)
    {
        var content = new ReadOnlyMemoryContent(body);
        content.Headers.ContentType = new MediaTypeHeaderValue(mediaType);
        return content;
    }

    // The pipeline's time ends with the headers. A body that stops half way must not be waited for without end.
    private async Task<T> InTime<T>(Func<CancellationToken, Task<T>> read, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Options.AttemptTimeout);
        try
        {
            return await read(limit.Token);
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException($"The answer was not complete within {Options.AttemptTimeout}.", exception);
        }
    }
}
