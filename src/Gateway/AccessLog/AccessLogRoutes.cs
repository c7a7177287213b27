using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;
using Scoring.Authentication;
using Scoring.Enrolments;
using Scoring.Hosting;
using Scoring.Limits;
using Scoring.Problems;
using Scoring.Programmes;

namespace Scoring.AccessLog;

/// <summary>The route by which a participant reads the accesses to one of their subjects.</summary>
internal static class AccessLogRoutes
{
    public static void MapAccessLog(this IEndpointRouteBuilder me) =>
        me.MapGet("{p:programme}/{n:int:range(0,31)}/looks", List).WithName("readLooks")
            .WithSummary("List the accesses and what each was answered, newest first")
            .WithDescription(
                "Each access shows the service's legal entity, purpose and contact, the instant, the answer's reference and the answer, "
                + "which is computed again from the ledger.")
            .Refuses(400, 401, 403, 404, 429, 503);

    private static async Task<Results<Ok<AccessPage>, ProblemResult>> List(
        ProgrammeId p, int n, long? below, int? count, Caller caller, IdempotentCalls calls, IOptions<GatewayLimits> limits,
        CancellationToken cancellationToken)
    {
        var size = count ?? limits.Value.LooksCountDefault;
        if (size is < 1 or > AccessPage.CountMax || below < 1)
            return new ProblemResult(Problem.MalformedRequest)
                { Detail = $"count must be from 1 to {AccessPage.CountMax}, and below at least 1." };
        return OwnedResults.Or404(
            await calls.Send((IEnrolmentGrain grain) => grain.Looks(new(caller.Name, p, n), below, size), cancellationToken));
    }
}
