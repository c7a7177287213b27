using Microsoft.AspNetCore.Http.HttpResults;
using Scoring.Authentication;
using Scoring.Problems;
using Scoring.Programmes;

namespace Scoring.Enrolments;

/// <summary>A participant pauses everything about one subject, and lifts that.</summary>
internal static class RestrictionRoutes
{
    public static void MapRestriction(this IEndpointRouteBuilder me)
    {
        var routes = me.MapGroup("{p:programme}/{n:int:range(0,31)}/restriction");
        routes.MapPut("", Restrict).WithName("restrict").WithSummary("Pause everything, at once")
            .WithDescription(
                "Services get the answer that a stranger gets, and events are not taken. Nothing is deleted, and score, history, "
                + "handles and grants stay as they are for oneself. Harmless when repeated. There is no body.")
            .Refuses(401, 403, 404, 429, 503);
        routes.MapDelete("", Lift).WithName("liftRestriction").WithSummary("Lift the pause")
            .WithDescription("Events from before are not made up for. Harmless when repeated.")
            .Refuses(401, 403, 404, 429, 503);
    }

    private static async Task<Results<NoContent, ProblemResult>> Restrict(
        ProgrammeId p, int n, Caller caller, IGrainFactory grains, CancellationToken cancellationToken) =>
        OwnedResults.Or404(await grains.GetGrain<IEnrolmentGrain>(0).Restrict(new(caller.Name, p, n)).WaitAsync(cancellationToken));

    private static async Task<Results<NoContent, ProblemResult>> Lift(
        ProgrammeId p, int n, Caller caller, IGrainFactory grains, CancellationToken cancellationToken) =>
        OwnedResults.Or404(await grains.GetGrain<IEnrolmentGrain>(0).LiftRestriction(new(caller.Name, p, n)).WaitAsync(cancellationToken));
}
