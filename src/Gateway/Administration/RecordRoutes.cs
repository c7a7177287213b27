using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;
using Scoring.Limits;
using Scoring.Problems;
using Scoring.Programmes;

namespace Scoring.Administration;

/// <summary>What administrators did, for everyone to read.</summary>
internal static class RecordRoutes
{
    private const int CountMax = 500; // the contract's own bound

    public static void MapRecord(this IEndpointRouteBuilder app) =>
        app.MapGet("/v1/programmes/{p:programme}/record", Read).WithTags("Programmes").AllowAnonymous()
            .WithName("readRecord").WithSummary("What administrators did: acts on the programme, and those that concern all")
            .WithDescription("In ascending numbers; who acted is named by their role's identifier. Go on with the page's `after`.")
            .Refuses(400, 404, 429, 503);

    private static async Task<Results<Ok<RecordPage>, ProblemResult>> Read(
        ProgrammeId p, long? after, int? count, IGrainFactory grains, IOptions<GatewayLimits> limits, CancellationToken cancellationToken)
    {
        var size = count ?? limits.Value.HistoryCountDefault;
        if (size is < 1 or > CountMax || after < 0)
            return new ProblemResult(Problem.MalformedRequest) { Detail = $"count lies from 1 to {CountMax}, after is 0 or more." };
        return await grains.GetGrain<IRecordGrain>(0).Read(p, after ?? 0, size).WaitAsync(cancellationToken) is { } page
            ? TypedResults.Ok(page)
            : new ProblemResult(Problem.NotFound);
    }
}
