using Microsoft.AspNetCore.Http.HttpResults;
using Scoring.Authentication;
using Scoring.Enrolments;
using Scoring.Limits;
using Scoring.Problems;
using Scoring.Programmes;

namespace Scoring.Audit;

/// <summary>The route by which a participant makes a code that lets an auditor name their subject.</summary>
internal static class AuditCodeRoutes
{
    public static void MapAuditCodes(this IEndpointRouteBuilder me) =>
        me.MapPost("{p:programme}/{n:int:range(0,31)}/audit-codes", Make).WithName("makeAuditCode")
            .WithSummary("Make a code by which an auditor may name this subject; it is shown once")
            .WithMetadata(new SmallBodyMetadata()).Refuses(400, 401, 403, 404, 409, 413, 415, 422, 429, 503);

    private static async Task<Results<Created<AuditCode>, ProblemResult>> Make(
        ProgrammeId p, int n, AuditCodeRequest request, Caller caller, IGrainFactory grains, CancellationToken cancellationToken)
    {
        var outcome = await grains.GetGrain<IAuditGrain>(0)
            .MakeCode(new OwnSubject(caller.Name, p, n), request.ExpiresOn).WaitAsync(cancellationToken);
        return outcome.Code is { } code ? TypedResults.Created((string?)null, code) : AuditRoutes.Refuse(outcome.Refusal);
    }
}

/// <summary>A request to make an audit code.</summary>
/// <param name="ExpiresOn">The code's last day; the latest allowed day when absent.</param>
internal sealed record AuditCodeRequest(DateOnly? ExpiresOn = null);
