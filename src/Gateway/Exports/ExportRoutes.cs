using Scoring.Authentication;
using Scoring.Enrolments;
using Scoring.Limits;
using Scoring.Problems;
using Scoring.Programmes;

namespace Scoring.Exports;

/// <summary>A participant takes all of one subject's data along.</summary>
internal static class ExportRoutes
{
    public static void MapExport(this IEndpointRouteBuilder me) =>
        me.MapGet("{p:programme}/{n:int:range(0,31)}/export", Export).WithName("export")
            .WithSummary("Everything about one subject, as one signed archive")
            .WithDescription(
                "A zip archive, streamed, of any size. It is complete only with the file `manifest.jws`; the connection is aborted when it "
                + "cannot be finished, also when the subject leaves meanwhile. README.txt says what is in it and how to check it.")
            .Produces<Stream>(StatusCodes.Status200OK, "application/zip")
            .Refuses(401, 403, 404, 429, 503)
            .WithRequestTimeout(RequestTimeouts.Export);

    private static ExportResult Export(
        ProgrammeId p, int n, Caller caller, IGrainFactory grains, ExportLimiter turns, ArchiveFormat form, ILogger<ExportResult> log) =>
        new(new OwnSubject(caller.Name, p, n), grains, turns, form, log);
}
