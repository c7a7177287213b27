using Microsoft.AspNetCore.Http.HttpResults;
using Scoring.Authentication;
using Scoring.Enrolments;
using Scoring.Limits;
using Scoring.Problems;
using Scoring.Programmes;

namespace Scoring.Audit;

/// <summary>A participant who wants to be audited makes a code and hands it to an auditor.</summary>
internal static class AuditCodeRoutes
{
    public static void MapAuditCodes(this IEndpointRouteBuilder me) =>
        me.MapPost("{p:programme}/{n:int:range(0,31)}/audit-codes", Make).WithName("makeAuditCode")
            .WithSummary("Make a code by which an auditor may name this subject; shown once")
            .WithMetadata(new SmallBodyMetadata()).Refuses(400, 401, 403, 404, 409, 413, 415, 422, 429, 503);

    private static async Task<Results<Created<AuditCode>, ProblemResult>> Make(
        ProgrammeId p, int n, AuditCodeRequest wish, Caller caller, IGrainFactory grains, CancellationToken cancellationToken)
    {
        var outcome = await grains.GetGrain<IAuditGrain>(0)
            .MakeCode(new OwnSubject(caller.Name, p, n), wish.ExpiresOn).WaitAsync(cancellationToken);
        return outcome.Code is { } code ? TypedResults.Created((string?)null, code) : AuditRoutes.Refuse(outcome.Refusal);
    }
}

/// <summary>A wish for a code.</summary>
/// <param name="ExpiresOn">Its last day; as many days as codes may last when left out.</param>
internal sealed record AuditCodeRequest(DateOnly? ExpiresOn = null);
