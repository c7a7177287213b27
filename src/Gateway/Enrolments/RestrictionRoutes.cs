using Microsoft.AspNetCore.Http.HttpResults;
using Scoring.Authentication;
using Scoring.Problems;
using Scoring.Programmes;

namespace Scoring.Enrolments;

/// <summary>Routes by which a participant pauses one subject and lifts the pause.</summary>
internal static class RestrictionRoutes
{
    public static void MapRestriction(this IEndpointRouteBuilder me)
    {
        var routes = me.MapGroup("{p:programme}/{n:int:range(0,31)}/restriction");
        routes.MapPut("", Restrict).WithName("restrict").WithSummary("Pause everything; it takes effect immediately")
            .WithDescription(
                "Services get the answer for an unenrolled subject, and no event is accepted. Nothing is deleted: the participant still "
                + "sees the score, the history, the handles and the grants. Repeating the request is harmless. It has no body.")
            .Refuses(401, 403, 404, 429, 503);
        routes.MapDelete("", Lift).WithName("liftRestriction").WithSummary("Lift the pause")
            .WithDescription("Events that were sent during the pause do not count. Repeating the request is harmless.")
            .Refuses(401, 403, 404, 429, 503);
    }

    private static async Task<Results<NoContent, ProblemResult>> Restrict(
        ProgrammeId p, int n, Caller caller, IGrainFactory grains, CancellationToken cancellationToken) =>
        OwnedResults.Or404(await grains.GetGrain<IEnrolmentGrain>(0).Restrict(new(caller.Name, p, n)).WaitAsync(cancellationToken));

    private static async Task<Results<NoContent, ProblemResult>> Lift(
        ProgrammeId p, int n, Caller caller, IGrainFactory grains, CancellationToken cancellationToken) =>
        OwnedResults.Or404(await grains.GetGrain<IEnrolmentGrain>(0).LiftRestriction(new(caller.Name, p, n)).WaitAsync(cancellationToken));
}
