namespace Scoring.Client;

/// <summary>
/// The calls of an auditor. The access token has the role <c>auditor</c>. A name of a subject that leads nowhere in the case's programme is
/// refused with <see cref="ProblemKinds.NotFound"/>, a case of another auditor with <see cref="ProblemKinds.CaseUnknown"/>.
/// </summary>
public sealed class AuditClient
{
    private const string Path = "v1/audit";

    private readonly RequestSender _sender;

    internal AuditClient(RequestSender sender) => _sender = sender;

    /// <summary>Returns the auditor's own open cases and draws.</summary>
    [Operation("readAuditInbox")]
    public Task<AuditInbox> ReadInbox(CancellationToken cancellationToken = default) =>
        _sender.Get<AuditInbox>(Path + "/inbox", cancellationToken);

    /// <summary>Opens a case, which is a public act.</summary>
    [Operation("openAuditCase")]
    public Task<AuditCase> OpenCase(AuditCaseRequest request, CancellationToken cancellationToken = default) =>
        _sender.Send<AuditCase>(RequestSender.Request(HttpMethod.Post, Path + "/cases", request), cancellationToken);

    /// <summary>Returns a page of one subject's history. The participant sees the access.</summary>
    [Operation("readHistoryOf")]
    public Task<AuditedHistoryPage> ReadHistory(HistoryRequest request, CancellationToken cancellationToken = default) =>
        _sender.Send<AuditedHistoryPage>(HistoryOf(request), cancellationToken);

    /// <summary>Returns a page of one subject's history as a table (RFC 4180). The participant sees the access.</summary>
    [Operation("readHistoryOf")]
    public Task<string> ReadHistoryTable(HistoryRequest request, CancellationToken cancellationToken = default) =>
        _sender.SendForText(HistoryOf(request), "text/csv", cancellationToken);

    /// <summary>
    /// Writes one subject's history with its proofs as a signed zip archive, as it comes. The participant sees the access.
    /// </summary>
    /// <param name="request">The case, the subject and the state that is asked for.</param>
    /// <param name="destination">Receives the archive, which may have any size.</param>
    /// <param name="cancellationToken">Cancels the request.</param>
    [Operation("readHistoryOf")]
    public Task DownloadHistory(HistoryRequest request, Stream destination, CancellationToken cancellationToken = default) =>
        _sender.Download(HistoryOf(request), destination, cancellationToken);

    /// <summary>Computes a score from the ledger alone, next to the live one. The participant sees the access.</summary>
    [Operation("recompute")]
    public Task<Recomputation> Recompute(RecomputationRequest request, CancellationToken cancellationToken = default) =>
        _sender.Send<Recomputation>(
            RequestSender.Request(HttpMethod.Post, Path + "/recomputations", request, Repeat.Harmless), cancellationToken);

    /// <summary>Asks for a sample of subjects, which the next checkpoint fixes.</summary>
    [Operation("askDraw")]
    public Task<AuditDraw> AskDraw(DrawRequest request, CancellationToken cancellationToken = default) =>
        _sender.Send<AuditDraw>(RequestSender.Request(HttpMethod.Post, Path + "/draws", request), cancellationToken);

    /// <summary>Returns a draw with the places drawn.</summary>
    [Operation("findDraw")]
    public Task<AuditDraw> FindDraw(string draw, CancellationToken cancellationToken = default) =>
        _sender.Get<AuditDraw>($"{Path}/draws/{RequestPath.Segment(draw)}", cancellationToken);

    /// <summary>Returns a page of the programme's public record, with a proof for each act.</summary>
    [Operation("proveRecord")]
    public Task<ProvenRecordResponse> ProveRecord(RecordProofRequest request, CancellationToken cancellationToken = default) =>
        _sender.Send<ProvenRecordResponse>(
            RequestSender.Request(HttpMethod.Post, Path + "/proofs", request, Repeat.Harmless), cancellationToken);

    /// <summary>Writes every leaf up to a checkpoint, without personal data, as a zip archive, as it comes.</summary>
    /// <param name="request">The case and the checkpoint.</param>
    /// <param name="destination">Receives the archive, which may have any size.</param>
    /// <param name="cancellationToken">Cancels the request.</param>
    [Operation("readLedger")]
    public Task DownloadLedger(LedgerArchiveRequest request, Stream destination, CancellationToken cancellationToken = default) =>
        _sender.Download(
            RequestSender.Request(HttpMethod.Post, Path + "/ledgers", request, Repeat.Harmless), destination, cancellationToken);

    // The same access on the same day is one entry, so a repeated request adds nothing.
    private static HttpRequestMessage HistoryOf(HistoryRequest request) =>
        RequestSender.Request(HttpMethod.Post, Path + "/histories", request, Repeat.Harmless);
}
