using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Scoring.City.Commands;
using Scoring.City.People;
using Scoring.Testing;

namespace Scoring.Exports;

/// <summary>Sends a participant's requests about their own subject.</summary>
internal sealed class OwnSubjectClient(Session session, Resident resident)
{
    public string Token { get; } = session.Credentials.ParticipantToken(resident.Participant);

    private string Own => $"/v1/me/subjects/{resident.Programme}/{resident.Ordinal}";

    public Task<(HttpStatusCode Status, string Answer)> Send(HttpMethod method, string path, CancellationToken cancellationToken) =>
        method == HttpMethod.Get && path == "/export"
            ? SendWithoutReading(path, cancellationToken)
            : session.Api.Send(method, Own + path, Token, null, "application/json", cancellationToken);

    public async Task<JsonNode> Json(string path, CancellationToken cancellationToken)
    {
        var (status, answer) = await Send(HttpMethod.Get, path, cancellationToken);
        status.ShouldBe(HttpStatusCode.OK, answer);
        return JsonNode.Parse(answer)!;
    }

    public HttpRequestMessage Request(HttpMethod method, string path)
    {
        var request = new HttpRequestMessage(method, Own + path);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", Token);
        return request;
    }

    /// <summary>Downloads and verifies the archive, into a file when one is named.</summary>
    public async Task<ExportedArchive> Export(CancellationToken cancellationToken, string? file = null)
    {
        var keys = await session.Api.SendJson(HttpMethod.Get, "/v1/receipts/keys", null, null, cancellationToken);
        using var client = new HttpClient { BaseAddress = session.Standalone.Address, Timeout = TimeSpan.FromMinutes(5) };
        using var answer = await client.SendAsync(
            Request(HttpMethod.Get, "/export"), HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/zip");
        Stream archive = file is null ? new MemoryStream() : new FileStream(file, FileMode.CreateNew);
        await answer.Content.CopyToAsync(archive, cancellationToken);
        archive.Position = 0;
        return ExportedArchive.Open(archive, JsonNode.Parse(keys!.Value.GetRawText())!);
    }

    /// <summary>Sends a request and reads the body of a refusal only.</summary>
    private async Task<(HttpStatusCode Status, string Answer)> SendWithoutReading(string path, CancellationToken cancellationToken)
    {
        using var client = new HttpClient { BaseAddress = session.Standalone.Address };
        using var answer = await client.SendAsync(
            Request(HttpMethod.Get, path), HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        return (answer.StatusCode, answer.IsSuccessStatusCode ? "" : await answer.Content.ReadAsStringAsync(cancellationToken));
    }
}
