namespace Scoring.Client;

/// <summary>The calls of an administrator about contests. The access token has the role <c>administrator</c>.</summary>
public sealed class CasesClient
{
    private const string Path = "v1/admin/contests";

    private readonly RequestSender _sender;

    internal CasesClient(RequestSender sender) => _sender = sender;

    /// <summary>Returns a page of the undecided contests, the earliest due first.</summary>
    /// <param name="after">The member <c>after</c> of the page before; <see langword="null"/> for the first page.</param>
    /// <param name="count">How many, 1 to 500.</param>
    /// <param name="cancellationToken">Cancels the request.</param>
    [Operation("listCases")]
    public Task<CasePage> List(string? after = null, int? count = null, CancellationToken cancellationToken = default) =>
        _sender.Get<CasePage>(RequestPath.Query(Path, ("after", after), ("count", count)), cancellationToken);

    /// <summary>
    /// Returns a case's file. The participant sees this access. It is refused with <see cref="ProblemKinds.NotIndependent"/> to an
    /// administrator who may not judge.
    /// </summary>
    [Operation("openCase")]
    public Task<CaseFile> Open(string name, CancellationToken cancellationToken = default) =>
        _sender.Get<CaseFile>(PathOf(name), cancellationToken);

    /// <summary>
    /// Decides a case. The same decision may be sent again. It is refused with <see cref="ProblemKinds.NotIndependent"/>,
    /// <see cref="ProblemKinds.DecidedAlready"/>, <see cref="ProblemKinds.ContestOverdue"/> or
    /// <see cref="ProblemKinds.ReasonDoesNotFit"/>.
    /// </summary>
    [Operation("decideCase")]
    public Task<DecisionView> Decide(string name, DecisionRequest request, CancellationToken cancellationToken = default) =>
        _sender.Send<DecisionView>(
            RequestSender.Request(HttpMethod.Post, PathOf(name) + "/decision", request, Repeat.Harmless), cancellationToken);

    private static string PathOf(string name) => $"{Path}/{RequestPath.Segment(name)}";
}
