using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Scoring.Client;

namespace Scoring.Testing;

/// <summary>Requests that a test writes itself, because it looks at the JSON or sends what the client would not.</summary>
public static class RawRequests
{
    /// <summary>Sends a request with a JSON body. Returns the JSON answer; <see langword="null"/> for 404.</summary>
    /// <exception cref="InvalidOperationException">The status is neither a success nor 404.</exception>
    public static async Task<JsonElement?> SendJson(
        this ScoringClient client, HttpMethod method, string path, string? token, JsonNode? body, CancellationToken cancellationToken)
    {
        var bytes = body is null ? null : Encoding.UTF8.GetBytes(body.ToJsonString());
        var (status, answer) = await client.Send(method, path, token, bytes, "application/json", cancellationToken);
        if (status == HttpStatusCode.NotFound) return null;
        if ((int)status is < 200 or >= 300)
            throw new InvalidOperationException($"{method} {path} was answered with status {(int)status}: {answer}");
        return answer.Length == 0 ? default(JsonElement) : JsonElement.Parse(answer);
    }

    /// <summary>Sends a request. Returns the status and the text of the answer.</summary>
    public static async Task<(HttpStatusCode Status, string Answer)> Send(
        this ScoringClient client, HttpMethod method, string path, string? token, byte[]? body, string mediaType,
        CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, path);
        if (body is not null)
        {
            request.Content = new ByteArrayContent(body);
            request.Content.Headers.ContentType = new MediaTypeHeaderValue(mediaType);
        }
        using var answer = await client.As(token).Send(request, cancellationToken);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync(cancellationToken));
    }
}
