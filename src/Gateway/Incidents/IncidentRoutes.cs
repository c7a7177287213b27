using Microsoft.AspNetCore.Http.HttpResults;
using Scoring.Administration;
using Scoring.Authentication;
using Scoring.Limits;
using Scoring.Problems;
using Scoring.Programmes;

namespace Scoring.Incidents;

/// <summary>
/// Routes by which administrators tell every participant of a programme about an incident (GDPR Art. 34). One proposes the notice; it is
/// told when another one confirms it.
/// </summary>
internal static class IncidentRoutes
{
    private const string HasEnded = "The programme has ended. Its enrolments are erased, so no participant can be told.";

    public static void MapIncidents(this IEndpointRouteBuilder admin)
    {
        var routes = admin.MapGroup("/programmes/{p:programme}/incidents");
        routes.MapPost("", Propose).WithName("proposeIncident").WithSummary("Propose to tell every participant about an incident")
            .WithDescription(
                "Four texts in plain words: what happened, where to ask, what may follow, what is done. They become public and stay, so "
                + "they name no person. The proposal replaces an open one. It takes effect when another administrator confirms its hash, "
                + "and expires otherwise. The same notice again is the same proposal.")
            .WithMetadata(new SmallBodyMetadata()).Refuses(400, 401, 403, 404, 409, 413, 415, 422, 429, 503);
        routes.MapGet("proposal", Find).WithName("findIncidentProposal").WithSummary("Show the proposed notice of an incident")
            .WithDescription("404: no proposal waits. What was told is in the programme's record.").Refuses(401, 403, 404, 429, 503);
        routes.MapDelete("proposal", TakeBack).WithName("takeBackIncident").WithSummary("Take one's own proposed notice back")
            .WithDescription("404: no proposal of this administrator waits.").Refuses(401, 403, 404, 429, 503);
        routes.MapPost("approvals", Confirm).WithName("confirmIncident")
            .WithSummary("Confirm the proposed notice; every participant is told")
            .WithDescription("The notice is in the programme's record and in every timeline. The proposal's author may not confirm it.")
            .WithMetadata(new SmallBodyMetadata()).Refuses(400, 401, 403, 404, 409, 413, 415, 429, 503);
    }

    private static async Task<Results<Accepted<IncidentProposalView>, ProblemResult>> Propose(
        ProgrammeId p, IncidentNotice notice, Caller caller, IGrainFactory grains, CancellationToken cancellationToken)
    {
        var outcome = await Grain(grains, p).Propose(caller.Name, notice).WaitAsync(cancellationToken);
        return outcome.Proposal is { } proposal
            ? TypedResults.Accepted($"/v1/admin/programmes/{p}/incidents/proposal", proposal)
            : AdminResults.Refuse(outcome.Refusal ?? AdminRefusal.Unknown, outcome.Problems, HasEnded);
    }

    private static async Task<Results<Ok<IncidentProposalView>, ProblemResult>> Find(
        ProgrammeId p, IGrainFactory grains, CancellationToken cancellationToken) =>
        await Grain(grains, p).Find().WaitAsync(cancellationToken) is { } proposal
            ? TypedResults.Ok(proposal)
            : new ProblemResult(Problem.NotFound);

    private static async Task<Results<Ok<ApprovalResponse>, ProblemResult>> TakeBack(
        ProgrammeId p, Caller caller, IGrainFactory grains, CancellationToken cancellationToken) =>
        Of(await Grain(grains, p).TakeBack(caller.Name).WaitAsync(cancellationToken));

    private static async Task<Results<Ok<ApprovalResponse>, ProblemResult>> Confirm(
        ProgrammeId p, ApprovalRequest request, Caller caller, IGrainFactory grains, CancellationToken cancellationToken) =>
        AdminResults.HashFault(request.Hash) is { } fault
            ? fault
            : Of(await Grain(grains, p).Confirm(caller.Name, request.Hash).WaitAsync(cancellationToken));

    private static Results<Ok<ApprovalResponse>, ProblemResult> Of(AdminOutcome outcome) => outcome.Refusal is { } refusal
        ? AdminResults.Refuse(refusal, outcome.Problems, HasEnded)
        : TypedResults.Ok(new ApprovalResponse(outcome.Done, outcome.Approvals));

    private static IIncidentGrain Grain(IGrainFactory grains, ProgrammeId id) => grains.GetGrain<IIncidentGrain>(id.Value);
}
