namespace Scoring.Client;

/// <summary>The call of a service. Its access token has the role <c>service</c>.</summary>
public sealed class ScoresClient
{
    private readonly RequestSender _sender;

    internal ScoresClient(RequestSender sender) => _sender = sender;

    /// <summary>
    /// Queries a score. The query is an entry that the participant sees. The answer to a grant that leads nowhere is the programme's
    /// floor, and cannot be told from a real one.
    /// </summary>
    /// <param name="grant">The token that the participant gave to the service.</param>
    /// <param name="cancellationToken">Cancels the request.</param>
    [Operation("queryScore")]
    public Task<ScoreAnswer> Query(string grant, CancellationToken cancellationToken = default) =>
        _sender.Send<ScoreAnswer>(
            RequestSender.Request(HttpMethod.Post, "v1/scores/query", new ScoreQueryRequest(grant), Repeat.Harmless), cancellationToken);

    /// <summary>
    /// Tests how a query is answered, with a grant of <see cref="TestGrants"/>. No person is behind it, and nothing is recorded.
    /// </summary>
    /// <param name="grant">A grant of <see cref="TestGrants"/>; any other text gives the neutral answer.</param>
    /// <param name="cancellationToken">Cancels the request.</param>
    [Operation("testScoreQuery")]
    public Task<ScoreAnswer> Test(string grant, CancellationToken cancellationToken = default) =>
        _sender.Send<ScoreAnswer>(
            RequestSender.Request(HttpMethod.Post, "v1/scores/query/test", new ScoreQueryRequest(grant), Repeat.Harmless),
            cancellationToken);
}
