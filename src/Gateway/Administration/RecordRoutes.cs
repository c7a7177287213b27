using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;
using Scoring.Hosting;
using Scoring.Limits;
using Scoring.Problems;
using Scoring.Programmes;

namespace Scoring.Administration;

/// <summary>The public route of a programme's record: what administrators did.</summary>
internal static class RecordRoutes
{
    private const int CountMax = 500; // the maximum of the grain's contract

    public static void MapRecord(this IEndpointRouteBuilder app) =>
        app.MapGet("/v1/programmes/{p:programme}/record", Read).WithTags("Programmes").AllowAnonymous()
            .WithName("readRecord").WithSummary("List what administrators did: acts on the programme, and acts that concern all programmes")
            .WithDescription(
                "Acts are in ascending numbers. An administrator is named by the identifier in the token. The page's `after` continues.")
            .Refuses(400, 404, 429, 503);

    private static async Task<Results<Ok<RecordPage>, ProblemResult>> Read(
        ProgrammeId p, long? after, int? count, IdempotentCalls calls, IOptions<GatewayLimits> limits, CancellationToken cancellationToken)
    {
        var size = count ?? limits.Value.HistoryCountDefault;
        if (size is < 1 or > CountMax || after < 0)
            return new ProblemResult(Problem.MalformedRequest) { Detail = $"count must be from 1 to {CountMax}, and after at least 0." };
        return await calls.Send((IRecordGrain grain) => grain.Read(p, after ?? 0, size), cancellationToken) is { } page
            ? TypedResults.Ok(page)
            : new ProblemResult(Problem.NotFound);
    }
}
