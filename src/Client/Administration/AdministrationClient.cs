namespace Scoring.Client;

/// <summary>
/// The calls of an administrator about programmes. The access token has the role <c>administrator</c>. What the status of the programme
/// does not allow is refused with <see cref="ProblemKinds.WrongStatus"/>.
/// </summary>
public sealed partial class AdministrationClient
{
    private const string Path = "v1/admin/programmes";

    private readonly RequestSender _sender;

    internal AdministrationClient(RequestSender sender) => _sender = sender;

    /// <summary>Returns what waits for the administrator, earliest due first. It is no access to anything about a person.</summary>
    [Operation("readInbox")]
    public Task<InboxPage> ReadInbox(CancellationToken cancellationToken = default) =>
        _sender.Get<InboxPage>("v1/admin/inbox", cancellationToken);

    /// <summary>Returns a page of the programmes that are published or have a draft, by name.</summary>
    /// <param name="after">The member <c>after</c> of the page before; <see langword="null"/> for the first page.</param>
    /// <param name="count">How many, 1 to 100.</param>
    /// <param name="cancellationToken">Cancels the request.</param>
    [Operation("listProgrammesAdmin")]
    public Task<ProgrammeSummaryPage> ListProgrammes(
        string? after = null, int? count = null, CancellationToken cancellationToken = default) =>
        _sender.Get<ProgrammeSummaryPage>(RequestPath.Query(Path, ("after", after), ("count", count)), cancellationToken);

    /// <summary>
    /// Drafts a new programme. The platform keeps the document byte by byte, and answers with its hash and every problem. It is refused
    /// with <see cref="ProblemKinds.NameTaken"/> when there is such a programme.
    /// </summary>
    /// <param name="draft">The draft as JSON: <c>{"programme":{…},"ruleSet":{…},"assessment":{…}}</c>.</param>
    /// <param name="cancellationToken">Cancels the request.</param>
    [Operation("createProgramme")]
    public Task<DraftView> CreateProgramme(ReadOnlyMemory<byte> draft, CancellationToken cancellationToken = default) =>
        _sender.Send<DraftView>(RequestSender.Request(HttpMethod.Post, Path, draft), cancellationToken);

    /// <summary>Drafts the next version of a programme, in place of the current draft, whose approvals are dropped.</summary>
    /// <param name="programme">The programme.</param>
    /// <param name="draft">The draft as JSON: <c>{"programme":{…},"ruleSet":{…},"assessment":{…}}</c>.</param>
    /// <param name="cancellationToken">Cancels the request.</param>
    [Operation("putDraft")]
    public Task<DraftView> PutDraft(string programme, ReadOnlyMemory<byte> draft, CancellationToken cancellationToken = default) =>
        _sender.Send<DraftView>(RequestSender.Request(HttpMethod.Put, PathOf(programme) + "/draft", draft), cancellationToken);

    /// <summary>Returns the status of a programme, its draft with all problems, and the approvals.</summary>
    [Operation("findProgrammeAdmin")]
    public Task<ProgrammeAdminView> FindProgramme(string programme, CancellationToken cancellationToken = default) =>
        _sender.Get<ProgrammeAdminView>(PathOf(programme), cancellationToken);

    /// <summary>
    /// Returns the draft when nothing is wrong with it. It is refused with <see cref="ProblemKinds.ContentAtFault"/> and every problem
    /// otherwise.
    /// </summary>
    [Operation("validateDraft")]
    public Task<DraftView> ValidateDraft(string programme, CancellationToken cancellationToken = default) =>
        _sender.Send<DraftView>(
            RequestSender.Request(HttpMethod.Post, PathOf(programme) + "/draft/validation", repeat: Repeat.Harmless), cancellationToken);

    /// <summary>
    /// Approves the draft that was read; the second approval publishes it. It is refused with <see cref="ProblemKinds.IsAuthor"/>,
    /// <see cref="ProblemKinds.ApprovedAlready"/>, <see cref="ProblemKinds.HashDiffers"/>,
    /// <see cref="ProblemKinds.ReportUnknown"/> or <see cref="ProblemKinds.ContentAtFault"/>.
    /// </summary>
    [Operation("approveDraft")]
    public Task<ApprovalResponse> ApproveDraft(
        string programme, DraftApprovalRequest request, CancellationToken cancellationToken = default) =>
        _sender.Send<ApprovalResponse>(
            RequestSender.Request(HttpMethod.Post, PathOf(programme) + "/draft/approvals", request), cancellationToken);

    /// <summary>
    /// Takes one's own approval of the draft back. It is refused with <see cref="ProblemKinds.NotFound"/> when none waits, also once the
    /// version is published.
    /// </summary>
    [Operation("takeBackApproval")]
    public Task<ApprovalResponse> TakeBackApproval(string programme, CancellationToken cancellationToken = default) =>
        _sender.Send<ApprovalResponse>(
            RequestSender.Request(HttpMethod.Delete, PathOf(programme) + "/draft/approvals"), cancellationToken);

    private static string PathOf(string programme) => $"{Path}/{RequestPath.Segment(programme)}";
}
