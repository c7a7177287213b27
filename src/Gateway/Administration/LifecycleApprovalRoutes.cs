using Microsoft.AspNetCore.Http.HttpResults;
using Scoring.Authentication;
using Scoring.Problems;
using Scoring.Programmes;

namespace Scoring.Administration;

/// <summary>
/// Routes by which administrators resume and end programmes. Both take two administrators; the first one can take the approval back.
/// </summary>
internal static class LifecycleApprovalRoutes
{
    public static void MapLifecycleApprovals(this RouteGroupBuilder routes)
    {
        routes.MapDelete("{p:programme}/draft/approvals", TakeBackApproval).WithName("takeBackApproval")
            .WithSummary("Take one's own approval of the draft back")
            .WithDescription("404: no approval of this administrator waits. Once the version is published, none does.")
            .Refuses(401, 403, 404, 429, 503);
        routes.MapDelete("{p:programme}/suspension", Resume).WithName("resumeProgramme").WithSummary("Approve resuming a programme")
            .WithDescription(
                "200: the programme is resumed. 202: it waits for another administrator. An approval that waits too long expires.")
            .Refuses(401, 403, 404, 409, 429, 503);
        routes.MapDelete("{p:programme}/suspension/approvals", TakeBackResuming).WithName("takeBackResuming")
            .WithSummary("Take one's own approval to resume a programme back")
            .WithDescription("404: no approval of this administrator waits.").Refuses(401, 403, 404, 429, 503);
        routes.MapPost("{p:programme}/end", End).WithName("endProgramme").WithSummary("Approve ending a programme permanently")
            .WithDescription(
                "200: the programme has ended, and its enrolments are erased. 202: it waits for another administrator. An approval that "
                + "waits too long expires.")
            .Refuses(401, 403, 404, 409, 429, 503);
        routes.MapDelete("{p:programme}/end/approvals", TakeBackEnding).WithName("takeBackEnding")
            .WithSummary("Take one's own approval to end a programme back")
            .WithDescription("404: no approval of this administrator waits.").Refuses(401, 403, 404, 429, 503);
    }

    private static async Task<Results<Ok<ApprovalResponse>, ProblemResult>> TakeBackApproval(
        ProgrammeId p, Caller caller, IGrainFactory grains, CancellationToken cancellationToken) =>
        TakenBack(await grains.GetGrain<IDraftTakeBackGrain>(p.Value).TakeBackApproval(caller.Name).WaitAsync(cancellationToken));

    private static async Task<Results<Ok<ApprovalResponse>, Accepted<ApprovalResponse>, ProblemResult>> Resume(
        ProgrammeId p, Caller caller, IGrainFactory grains, CancellationToken cancellationToken) =>
        AdminResults.Of(
            await Grain(grains, p).ApproveResuming(caller.Name).WaitAsync(cancellationToken),
            "Only a suspended programme can be resumed.");

    private static async Task<Results<Ok<ApprovalResponse>, ProblemResult>> TakeBackResuming(
        ProgrammeId p, Caller caller, IGrainFactory grains, CancellationToken cancellationToken) =>
        TakenBack(await Grain(grains, p).TakeBackResuming(caller.Name).WaitAsync(cancellationToken));

    private static async Task<Results<Ok<ApprovalResponse>, Accepted<ApprovalResponse>, ProblemResult>> End(
        ProgrammeId p, Caller caller, IGrainFactory grains, CancellationToken cancellationToken) =>
        AdminResults.Of(
            await Grain(grains, p).ApproveEnding(caller.Name).WaitAsync(cancellationToken), "The programme has already ended.");

    private static async Task<Results<Ok<ApprovalResponse>, ProblemResult>> TakeBackEnding(
        ProgrammeId p, Caller caller, IGrainFactory grains, CancellationToken cancellationToken) =>
        TakenBack(await Grain(grains, p).TakeBackEnding(caller.Name).WaitAsync(cancellationToken));

    private static Results<Ok<ApprovalResponse>, ProblemResult> TakenBack(AdminOutcome outcome) => outcome.Refusal is { } refusal
        ? AdminResults.Refuse(refusal, outcome.Problems)
        : TypedResults.Ok(new ApprovalResponse(outcome.Done, outcome.Approvals));

    private static IProgrammeAdminGrain Grain(IGrainFactory grains, ProgrammeId id) => grains.GetGrain<IProgrammeAdminGrain>(id.Value);
}
