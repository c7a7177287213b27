using System.Net;
using System.Text;

namespace Scoring.City.Tests.Platform;

/// <summary>Gives one answer after another, and keeps the requests.</summary>
internal sealed class RecordingPlatform(params (HttpStatusCode Status, string Text)[] answers) : HttpMessageHandler
{
    private readonly Queue<(HttpStatusCode Status, string Text)> _answers = new(answers);

    public List<string> Requests { get; } = [];

    public List<string?> Tokens { get; } = [];

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var body = request.Content is { } content ? await content.ReadAsStringAsync(cancellationToken) : "";
        Requests.Add($"{request.Method} {request.RequestUri!.PathAndQuery} {body}");
        Tokens.Add(request.Headers.Authorization?.ToString());
        var (status, text) = _answers.Dequeue();
        return new HttpResponseMessage(status) { Content = new StringContent(text, Encoding.UTF8, "application/json") };
    }
}
