using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Scoring.Authentication;
using Scoring.Limits;
using Scoring.Problems;
using Scoring.Programmes;

namespace Scoring.Administration;

/// <summary>A programme's life as administrators lead it: drafted, approved by two, suspended, resumed, ended.</summary>
internal static class ProgrammeAdminRoutes
{
    private const int ReasonCharsMax = 300; // the contract's own bound
    private static readonly int[] Refusals = [400, 401, 403, 404, 409, 413, 415, 429, 503];

    public static void MapProgrammeAdmin(this IEndpointRouteBuilder admin)
    {
        var routes = admin.MapGroup("/programmes");
        routes.MapPost("", Create).WithName("createProgramme").WithSummary("Draft a new programme")
            .WithDescription("The draft's `programme.id` is its name. What is wrong with the content is named and does not hinder a draft.")
            .WithMetadata(new AdminBodyMetadata(IsRegistration: false)).Refuses(400, 401, 403, 409, 413, 415, 429, 503);
        routes.MapGet("{p:programme}", Find).WithName("findProgrammeAdmin").WithSummary("How a programme stands, with its draft")
            .Refuses(401, 403, 404, 429, 503);
        routes.MapPut("{p:programme}/draft", Draft).WithName("putDraft").WithSummary("Draft a programme's next version")
            .WithDescription("Takes the place of the draft before, whose approvals fall.")
            .WithMetadata(new AdminBodyMetadata(IsRegistration: false)).Refuses(Refusals);
        routes.MapPost("{p:programme}/draft/validation", Validate).WithName("validateDraft")
            .WithSummary("Everything wrong with the draft, at once").Refuses(401, 403, 404, 422, 429, 503);
        routes.MapPost("{p:programme}/draft/approvals", Approve).WithName("approveDraft").WithSummary("Approve the draft")
            .WithDescription("200: it is published for its first day. 202: it waits for another administrator. Never by its author.")
            .WithMetadata(new SmallBodyMetadata()).Refuses([.. Refusals, 422]);
        routes.MapPut("{p:programme}/suspension", Suspend).WithName("suspendProgramme").WithSummary("Suspend a programme, at once")
            .WithDescription("Every answer is neutral, no event is taken. One administrator is enough; the reason is public.")
            .WithMetadata(new SmallBodyMetadata()).Refuses(Refusals);
        routes.MapDelete("{p:programme}/suspension", Resume).WithName("resumeProgramme").WithSummary("Approve resuming a programme")
            .WithDescription("200: it is resumed. 202: it waits for another administrator.").Refuses(401, 403, 404, 409, 429, 503);
        routes.MapPost("{p:programme}/end", End).WithName("endProgramme").WithSummary("Approve ending a programme for good")
            .WithDescription("200: it has ended, and its enrolments are erased. 202: it waits for another administrator.")
            .Refuses(401, 403, 404, 409, 429, 503);
    }

    private static async Task<Results<Created<DraftView>, ProblemResult>> Create(
        HttpContext http, Caller caller, IGrainFactory grains, CancellationToken cancellationToken)
    {
        var document = await AdminDocumentBody.Read(http, cancellationToken);
        if (document.Refusal is { } refusal) return refusal;
        if (!ProgrammeId.TryParse(Name(document.Root), out var id))
            return AdminResults.Malformed("/programme/id", "It must be 2 to 63 of a-z, 0-9 and single inner hyphens, a letter first.");
        var outcome = await Grain(grains, id).Draft(caller.Name, document.Bytes, isNew: true).WaitAsync(cancellationToken);
        return outcome.Draft is { } draft
            ? TypedResults.Created($"/v1/admin/programmes/{id}", draft)
            : AdminResults.Refuse(outcome.Refusal ?? AdminRefusal.Unknown, []);
    }

    private static async Task<Results<Ok<ProgrammeAdminView>, ProblemResult>> Find(
        ProgrammeId p, IGrainFactory grains, CancellationToken cancellationToken) =>
        await Grain(grains, p).Find().WaitAsync(cancellationToken) is { } found
            ? TypedResults.Ok(found)
            : new ProblemResult(Problem.NotFound);

    private static async Task<Results<Ok<DraftView>, ProblemResult>> Draft(
        ProgrammeId p, HttpContext http, Caller caller, IGrainFactory grains, CancellationToken cancellationToken)
    {
        var document = await AdminDocumentBody.Read(http, cancellationToken);
        if (document.Refusal is { } refusal) return refusal;
        var outcome = await Grain(grains, p).Draft(caller.Name, document.Bytes, isNew: false).WaitAsync(cancellationToken);
        return outcome.Draft is { } draft
            ? TypedResults.Ok(draft)
            : AdminResults.Refuse(outcome.Refusal ?? AdminRefusal.Unknown, []);
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
        ProgrammeId p, ApprovalRequest form, Caller caller, IGrainFactory grains, CancellationToken cancellationToken) =>
        AdminResults.BadHash(form.Hash) is { } refused
            ? refused
            : AdminResults.Of(await Grain(grains, p).Approve(caller.Name, form.Hash).WaitAsync(cancellationToken));

    private static async Task<Results<Ok<ApprovalResponse>, Accepted<ApprovalResponse>, ProblemResult>> Suspend(
        ProgrammeId p, SuspensionRequest form, Caller caller, IGrainFactory grains, CancellationToken cancellationToken) =>
        string.IsNullOrWhiteSpace(form.Reason) || form.Reason.Length > ReasonCharsMax || form.Reason.Any(char.IsControl)
            ? AdminResults.Malformed("/reason", $"It must be 1 to {ReasonCharsMax} characters in plain words.")
            : AdminResults.Of(await Grain(grains, p).Suspend(caller.Name, form.Reason).WaitAsync(cancellationToken));

    private static async Task<Results<Ok<ApprovalResponse>, Accepted<ApprovalResponse>, ProblemResult>> Resume(
        ProgrammeId p, Caller caller, IGrainFactory grains, CancellationToken cancellationToken) =>
        AdminResults.Of(await Grain(grains, p).ApproveResuming(caller.Name).WaitAsync(cancellationToken));

    private static async Task<Results<Ok<ApprovalResponse>, Accepted<ApprovalResponse>, ProblemResult>> End(
        ProgrammeId p, Caller caller, IGrainFactory grains, CancellationToken cancellationToken) =>
        AdminResults.Of(await Grain(grains, p).ApproveEnding(caller.Name).WaitAsync(cancellationToken));

    private static IProgrammeAdminGrain Grain(IGrainFactory grains, ProgrammeId id) => grains.GetGrain<IProgrammeAdminGrain>(id.Value);

    private static string? Name(JsonElement draft) =>
        draft.TryGetProperty("programme", out var programme) && programme.ValueKind == JsonValueKind.Object
        && programme.TryGetProperty("id", out var id) && id.ValueKind == JsonValueKind.String
            ? id.GetString()
            : null;
}
