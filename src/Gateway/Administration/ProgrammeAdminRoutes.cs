using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Scoring.Authentication;
using Scoring.Limits;
using Scoring.Problems;
using Scoring.Programmes;

namespace Scoring.Administration;

/// <summary>
/// Routes by which administrators draft, publish and suspend programmes. An author and two approvers publish; one
/// administrator suspends.
/// </summary>
internal static class ProgrammeAdminRoutes
{
    private const int ReasonCharsMax = 300; // the maximum of the grain's contract
    private const string HasEnded = "The programme has ended, so it accepts no drafts and no approvals.";
    private static readonly int[] Refusals = [400, 401, 403, 404, 409, 413, 415, 429, 503];

    public static void MapProgrammeAdmin(this IEndpointRouteBuilder admin)
    {
        var routes = admin.MapGroup("/programmes");
        routes.MapPost("", Create).WithName("createProgramme").WithSummary("Draft a new programme")
            .WithDescription("The draft's `programme.id` is the programme's name. A draft may have problems; the answer lists them.")
            .WithMetadata(new AdminBodyMetadata(IsRegistration: false)).Refuses(400, 401, 403, 409, 413, 415, 429, 503);
        routes.MapGet("{p:programme}", Find).WithName("findProgrammeAdmin").WithSummary("Show a programme's status, with its draft")
            .Refuses(401, 403, 404, 429, 503);
        routes.MapPut("{p:programme}/draft", Draft).WithName("putDraft").WithSummary("Draft a programme's next version")
            .WithDescription("The draft replaces the one before, whose approvals lapse.")
            .WithMetadata(new AdminBodyMetadata(IsRegistration: false)).Refuses(Refusals);
        routes.MapPost("{p:programme}/draft/validation", Validate).WithName("validateDraft")
            .WithSummary("List every problem with the draft").Refuses(401, 403, 404, 422, 429, 503);
        routes.MapPost("{p:programme}/draft/approvals", Approve).WithName("approveDraft").WithSummary("Approve the draft")
            .WithDescription(
                "200: the version is published and comes into force on its first day. 202: it waits for another administrator. The author "
                + "may not approve. `report` is the hash of the simulation report that the administrator has seen; the record names it.")
            .WithMetadata(new SmallBodyMetadata()).Refuses([.. Refusals, 422]);
        routes.MapPut("{p:programme}/suspension", Suspend).WithName("suspendProgramme")
            .WithSummary("Suspend a programme; it takes effect immediately")
            .WithDescription("Every answer is neutral and no event is accepted. One administrator is enough. The reason is public.")
            .WithMetadata(new SmallBodyMetadata()).Refuses(Refusals);
        routes.MapLifecycleApprovals();
    }

    private static async Task<Results<Created<DraftView>, ProblemResult>> Create(
        HttpContext http, Caller caller, IGrainFactory grains, CancellationToken cancellationToken)
    {
        var document = await AdminDocumentBody.Read(http, cancellationToken);
        if (document.Refusal is { } refusal) return refusal;
        if (!ProgrammeId.TryParse(Name(document.Root), out var id))
            return AdminResults.Malformed(
                "/programme/id", "It must be 2 to 63 characters of a-z, 0-9 and single inner hyphens, beginning with a letter.");
        var outcome = await Grain(grains, id).Draft(caller.Name, document.Bytes, isNew: true).WaitAsync(cancellationToken);
        return outcome.Draft is { } draft
            ? TypedResults.Created($"/v1/admin/programmes/{id}", draft)
            : AdminResults.Refuse(outcome.Refusal ?? AdminRefusal.Unknown, [], HasEnded);
    }

    private static async Task<Results<Ok<ProgrammeAdminView>, ProblemResult>> Find(
        ProgrammeId p, IGrainFactory grains, CancellationToken cancellationToken) =>
        await Grain(grains, p).Find().WaitAsync(cancellationToken) is { } programme
            ? TypedResults.Ok(programme)
            : new ProblemResult(Problem.NotFound);

    private static async Task<Results<Ok<DraftView>, ProblemResult>> Draft(
        ProgrammeId p, HttpContext http, Caller caller, IGrainFactory grains, CancellationToken cancellationToken)
    {
        var document = await AdminDocumentBody.Read(http, cancellationToken);
        if (document.Refusal is { } refusal) return refusal;
        var outcome = await Grain(grains, p).Draft(caller.Name, document.Bytes, isNew: false).WaitAsync(cancellationToken);
        return outcome.Draft is { } draft
            ? TypedResults.Ok(draft)
            : AdminResults.Refuse(outcome.Refusal ?? AdminRefusal.Unknown, [], HasEnded);
    }

    private static async Task<Results<Ok<DraftView>, ProblemResult>> Validate(
        ProgrammeId p, IGrainFactory grains, CancellationToken cancellationToken) =>
        await Grain(grains, p).Validate().WaitAsync(cancellationToken) switch
        {
            null => new ProblemResult(Problem.NotFound),
            { Problems.IsDefaultOrEmpty: false } draft => AdminResults.Refuse(AdminRefusal.Problems, draft.Problems),
            { } draft => TypedResults.Ok(draft),
        };

    private static async Task<Results<Ok<ApprovalResponse>, Accepted<ApprovalResponse>, ProblemResult>> Approve(
        ProgrammeId p, DraftApprovalRequest request, Caller caller, IGrainFactory grains, CancellationToken cancellationToken)
    {
        if (AdminResults.HashFault(request.Hash) is { } fault) return fault;
        if (request.Report is { } named && AdminResults.HashFault(named, "/report") is { } reportFault) return reportFault;
        var outcome = request.Report is { } report
            ? grains.GetGrain<IDraftApprovalGrain>(p.Value).ApproveWithReport(caller.Name, request.Hash, report)
            : Grain(grains, p).Approve(caller.Name, request.Hash);
        return AdminResults.Of(await outcome.WaitAsync(cancellationToken), HasEnded);
    }

    private static async Task<Results<Ok<ApprovalResponse>, Accepted<ApprovalResponse>, ProblemResult>> Suspend(
        ProgrammeId p, SuspensionRequest request, Caller caller, IGrainFactory grains, CancellationToken cancellationToken) =>
        string.IsNullOrWhiteSpace(request.Reason) || request.Reason.Length > ReasonCharsMax || request.Reason.Any(char.IsControl)
            ? AdminResults.Malformed("/reason", $"It must be 1 to {ReasonCharsMax} characters in plain words.")
            : AdminResults.Of(
                await Grain(grains, p).Suspend(caller.Name, request.Reason).WaitAsync(cancellationToken),
                "Only a programme that is neither suspended nor ended can be suspended.");

    private static IProgrammeAdminGrain Grain(IGrainFactory grains, ProgrammeId id) => grains.GetGrain<IProgrammeAdminGrain>(id.Value);

    private static string? Name(JsonElement draft) =>
        draft.TryGetProperty("programme", out var programme) && programme.ValueKind == JsonValueKind.Object
        && programme.TryGetProperty("id", out var id) && id.ValueKind == JsonValueKind.String
            ? id.GetString()
            : null;
}
