namespace Scoring.Client;

/// <content>Writing a draft that is not stored.</content>
public sealed partial class AdministrationClient
{
    private const string DraftsPath = "v1/admin/drafts";

    /// <summary>Lists every problem with a draft, and the hash that it would have. Nothing is stored.</summary>
    /// <param name="draft">The draft as JSON: <c>{"programme":{…},"ruleSet":{…},"assessment":{…}}</c>.</param>
    /// <param name="programme">
    /// The programme whose next version it is; <see langword="null"/> for the one that its <c>programme.id</c> names, published or not.
    /// </param>
    /// <param name="cancellationToken">Cancels the request.</param>
    [Operation("checkDraft")]
    public Task<DraftReport> CheckDraft(
        ReadOnlyMemory<byte> draft, string? programme = null, CancellationToken cancellationToken = default) =>
        _sender.Send<DraftReport>(
            RequestSender.Request(
                HttpMethod.Post, RequestPath.Query(DraftsPath + "/validation", ("programme", programme)), draft, Repeat.Harmless),
            cancellationToken);

    /// <summary>
    /// Scores a made-up history by the rules of a draft. Nothing is stored. It is refused with <see cref="ProblemKinds.ContentAtFault"/>
    /// and the problems that prevent scoring, or with <see cref="ProblemKinds.EventsRefused"/> when an event is at fault.
    /// </summary>
    [Operation("runWorkbench")]
    public Task<WorkbenchAnswer> RunWorkbench(WorkbenchRequest request, CancellationToken cancellationToken = default) =>
        _sender.Send<WorkbenchAnswer>(
            RequestSender.Request(HttpMethod.Post, DraftsPath + "/workbench", request, Repeat.Harmless), cancellationToken);
}
