namespace Scoring.Client;

/// <summary>
/// The calls of an administrator about entries that no fold could value. The access token has the role <c>administrator</c>.
/// </summary>
public sealed class SetAsideClient
{
    private const string Path = "v1/admin/set-aside";

    private readonly RequestSender _sender;

    internal SetAsideClient(RequestSender sender) => _sender = sender;

    /// <summary>Counts the entries that are set aside.</summary>
    [Operation("findSetAside")]
    public Task<SetAsideView> Find(CancellationToken cancellationToken = default) =>
        _sender.Get<SetAsideView>(Path, cancellationToken);

    /// <summary>
    /// Has a programme's entries folded again in the background, once a rule, an event type or the code is mended. It is a public act. It
    /// is refused with <see cref="ProblemKinds.NotFound"/> when nothing of the programme is set aside.
    /// </summary>
    [Operation("replaySetAside")]
    public Task Replay(ReplayRequest request, CancellationToken cancellationToken = default) =>
        _sender.Send(RequestSender.Request(HttpMethod.Post, Path, request), cancellationToken);
}
