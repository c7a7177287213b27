using System.Net;

namespace Scoring.Client.Tests.Requests;

/// <summary>Gives one answer after another, and keeps the ports that were asked. An answer of 0 is a broken connection.</summary>
internal sealed class AnsweringHandler(params HttpStatusCode[] answers) : HttpMessageHandler
{
    private readonly Queue<HttpStatusCode> _answers = new(answers);

    public List<int> Ports { get; } = [];

    public List<string> Bodies { get; } = [];

    /// <summary>The body of every answer.</summary>
    public string Text { get; init; } = """
        {"status":"x","score":1,"tier":"a","programme":"p","validUntil":"2026-11-23T00:00:00Z","reference":"r"}
        """;

    public TimeSpan? RetryAfter { get; init; }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Ports.Add(request.RequestUri!.Port);
        if (request.Content is { } content) Bodies.Add(await content.ReadAsStringAsync(cancellationToken));
        var status = _answers.Dequeue();
        if (status == 0) throw new HttpRequestException("The connection was refused.");
        var answer = new HttpResponseMessage(status) { Content = new StringContent(Text) };
        if (RetryAfter is { } wait) answer.Headers.RetryAfter = new(wait);
        return answer;
    }
}
