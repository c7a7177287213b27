using Microsoft.AspNetCore.Http.HttpResults;
using Scoring.Administration;
using Scoring.Hosting;
using Scoring.Problems;
using Scoring.Programmes;

namespace Scoring.Simulation;

/// <summary>The public route of the simulation reports that approvals of published versions named.</summary>
internal static class ReportRoutes
{
    public static void MapReports(this IEndpointRouteBuilder app) =>
        app.MapGet("/v1/programmes/{p:programme}/reports/{report:length(64)}", Read).WithTags("Programmes").AllowAnonymous()
            .WithName("readReport").WithSummary("Show a simulation report that an approval of a published version named")
            .WithDescription(
                "The record's acts `approved` and `published` name it by its hash: SHA-256 of the member `report` in canonical JSON "
                + "(RFC 8785). Numbers of subjects only, none under 20. Positions and entries are rounded down to a multiple of 256.")
            .Refuses(404, 429, 503);

    private static async Task<Results<Ok<PublishedReport>, ProblemResult>> Read(
        ProgrammeId p, string report, IdempotentCalls calls, CancellationToken cancellationToken) =>
        AdminResults.HashFault(report) is null
        && await calls.Send((ISimulationReportGrain grain) => grain.OfVersion(p, report), cancellationToken) is { } kept
            ? TypedResults.Ok(kept)
            : new ProblemResult(Problem.NotFound);
}
