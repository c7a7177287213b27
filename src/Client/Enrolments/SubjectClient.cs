namespace Scoring.Client;

/// <summary>
/// The calls of a participant about one subject. Each is refused with <see cref="ProblemKinds.NotFound"/> when the participant has no such
/// subject.
/// </summary>
public sealed partial class SubjectClient
{
    private readonly RequestSender _sender;
    private readonly string _path;

    internal SubjectClient(RequestSender sender, string path)
    {
        _sender = sender;
        _path = path;
    }

    /// <summary>Returns the subject: consent, handles, whether it is paused or lapsed, and coming versions.</summary>
    [Operation("findSubject")]
    public Task<SubjectView> Find(CancellationToken cancellationToken = default) => _sender.Get<SubjectView>(_path, cancellationToken);

    /// <summary>
    /// Leaves the programme. Everything is erased before the answer. When an attempt was not answered and is repeated, the answer may have
    /// no receipt, or be <see cref="ProblemKinds.NotFound"/>: then the subject is gone.
    /// </summary>
    [Operation("withdraw")]
    public Task<WithdrawalView> Withdraw(CancellationToken cancellationToken = default) =>
        _sender.Send<WithdrawalView>(RequestSender.Request(HttpMethod.Delete, _path), cancellationToken);

    /// <summary>Returns the signed consent record.</summary>
    [Operation("readReceipt")]
    public Task<ReceiptResponse> ReadReceipt(CancellationToken cancellationToken = default) =>
        _sender.Get<ReceiptResponse>(_path + "/receipt", cancellationToken);

    /// <summary>Pauses everything: answers are neutral, no event counts, nothing is deleted.</summary>
    [Operation("restrict")]
    public Task Restrict(CancellationToken cancellationToken = default) =>
        _sender.Send(RequestSender.Request(HttpMethod.Put, _path + "/restriction"), cancellationToken);

    /// <summary>Ends the pause.</summary>
    [Operation("liftRestriction")]
    public Task LiftRestriction(CancellationToken cancellationToken = default) =>
        _sender.Send(RequestSender.Request(HttpMethod.Delete, _path + "/restriction"), cancellationToken);

    /// <summary>Links more handles by proofs. It is refused with <see cref="ProblemKinds.ProofRefused"/> for every wrong proof.</summary>
    [Operation("linkHandles")]
    public Task<IReadOnlyList<HandleView>> LinkHandles(HandleLinkRequest request, CancellationToken cancellationToken = default) =>
        _sender.Send<IReadOnlyList<HandleView>>(
            RequestSender.Request(HttpMethod.Post, _path + "/handles", request), cancellationToken);

    /// <summary>Returns the linked handles.</summary>
    [Operation("listHandles")]
    public Task<IReadOnlyList<HandleView>> ListHandles(CancellationToken cancellationToken = default) =>
        _sender.Get<IReadOnlyList<HandleView>>(_path + "/handles", cancellationToken);

    /// <summary>Unlinks a handle.</summary>
    /// <param name="handle">The member <c>id</c> of the handle.</param>
    /// <param name="cancellationToken">Cancels the request.</param>
    [Operation("unlinkHandle")]
    public Task UnlinkHandle(string handle, CancellationToken cancellationToken = default) =>
        _sender.Send(
            RequestSender.Request(HttpMethod.Delete, $"{_path}/handles/{RequestPath.Segment(handle)}"), cancellationToken);
}
