using System.Text.Json;

namespace Scoring.Client;

/// <summary>The calls of a source. Its access token has the role <c>source</c>.</summary>
public sealed class EventsClient
{
    private const string Path = "v1/events";
    private const string OneType = "application/cloudevents+json";
    private const string BatchType = "application/cloudevents-batch+json";

    private readonly RequestSender _sender;

    internal EventsClient(RequestSender sender) => _sender = sender;

    /// <summary>
    /// Sends one event. When the call returns, the event is durable if it counts. It is known by source and id, so it may be sent again.
    /// It is refused with <see cref="ProblemKinds.EventsRefused"/> when it is not valid.
    /// </summary>
    [Operation("sendEvents")]
    public Task Send(CloudEvent cloudEvent, CancellationToken cancellationToken = default) =>
        Send(JsonSerializer.SerializeToUtf8Bytes(cloudEvent, ScoringJson.Options), OneType, cancellationToken);

    /// <summary>
    /// Sends a batch of at most 1000 events, unless the platform is set otherwise. It is taken or refused as a whole, and may be sent
    /// again.
    /// </summary>
    [Operation("sendEvents")]
    public Task Send(IReadOnlyCollection<CloudEvent> batch, CancellationToken cancellationToken = default) =>
        SendBatch(JsonSerializer.SerializeToUtf8Bytes(batch, ScoringJson.Options), cancellationToken);

    /// <summary>Sends a batch that is written already, in the JSON batch format of CloudEvents. It may be sent again.</summary>
    [Operation("sendEvents")]
    public Task SendBatch(ReadOnlyMemory<byte> batch, CancellationToken cancellationToken = default) =>
        Send(batch, BatchType, cancellationToken);

    /// <summary>
    /// Checks one event against the public catalogue without sending it, for everyone: no access token is needed, and nothing is kept. It
    /// is refused with <see cref="ProblemKinds.EventsRefused"/> and every fault, or <see cref="ProblemKinds.SourceNotRegistered"/>.
    /// </summary>
    [Operation("validateEvent")]
    public Task Validate(CloudEvent cloudEvent, CancellationToken cancellationToken = default)
    {
        var request = RequestSender.Request(HttpMethod.Post, Path + "/validation", repeat: Repeat.Harmless);
        request.Content = RequestSender.Content(JsonSerializer.SerializeToUtf8Bytes(cloudEvent, ScoringJson.Options), OneType);
        return _sender.Send(request, cancellationToken);
    }

    /// <summary>Returns a page of the open contests of the source's own events: keys and grounds, no person.</summary>
    /// <param name="after">
    /// The member <c>after</c> of the page before, or the last number seen; <see langword="null"/> for the first page.
    /// </param>
    /// <param name="count">How many, 1 to 500.</param>
    /// <param name="cancellationToken">Cancels the request.</param>
    [Operation("listContestedEvents")]
    public Task<SourceContestPage> ListContested(
        long? after = null, int? count = null, CancellationToken cancellationToken = default) =>
        _sender.Get<SourceContestPage>(
            RequestPath.Query(Path + "/contests", ("after", after), ("count", count)), cancellationToken);

    private Task Send(ReadOnlyMemory<byte> body, string mediaType, CancellationToken cancellationToken)
    {
        var request = RequestSender.Request(HttpMethod.Post, Path, repeat: Repeat.Harmless);
        request.Content = RequestSender.Content(body, mediaType);
        return _sender.Send(request, cancellationToken);
    }
}
