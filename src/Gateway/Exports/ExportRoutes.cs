using Scoring.Authentication;
using Scoring.Enrolments;
using Scoring.Limits;
using Scoring.Problems;
using Scoring.Programmes;

namespace Scoring.Exports;

/// <summary>The route by which a participant downloads all data of one subject.</summary>
internal static class ExportRoutes
{
    public static void MapExport(this IEndpointRouteBuilder me) =>
        me.MapGet("{p:programme}/{n:int:range(0,31)}/export", Export).WithName("export")
            .WithSummary("Export everything about one subject as one signed archive")
            .WithDescription(
                "Streams a zip archive of any size. The archive is complete only with the file `manifest.jws`. When it cannot be "
                + "finished, for example because the subject withdraws, the connection is aborted. README.txt says what the files are and "
                + "how to verify them.")
            .Produces<Stream>(StatusCodes.Status200OK, "application/zip")
            .Refuses(401, 403, 404, 429, 503)
            .WithRequestTimeout(RequestTimeouts.Export);

    private static ExportResult Export(
        ProgrammeId p, int n, Caller caller, IGrainFactory grains, ExportLimiter limiter, ArchiveFormat format,
        ILogger<ExportResult> log) =>
        new(new OwnSubject(caller.Name, p, n), grains, limiter, format, log);
}
