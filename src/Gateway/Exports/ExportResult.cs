using Scoring.Enrolments;
using Scoring.Problems;

namespace Scoring.Exports;

/// <summary>
/// A participant's archive as an answer. Refused before its first byte like anything else; past that, whatever hinders it aborts the
/// connection, so that nobody takes a part for the whole.
/// </summary>
internal sealed partial class ExportResult(
    OwnSubject own, IGrainFactory grains, ExportTurns turns, ExportForm form, ILogger<ExportResult> log) : IResult
{
    /// <inheritdoc/>
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        using var turn = turns.Take(own.Participant, out var refusal);
        if (refusal is not null)
        {
            await new Refused(refusal).ExecuteAsync(httpContext);
            return;
        }
        var cancellation = httpContext.RequestAborted;
        if (await grains.GetGrain<IExportGrain>(0).Begin(own).WaitAsync(cancellation) is not { } mark)
        {
            await new Refused(Problem.NotFound).ExecuteAsync(httpContext);
            return;
        }

        var response = httpContext.Response;
        response.ContentType = "application/zip";
        response.Headers.ContentDisposition = $"attachment; filename=\"scoring-{own.Programme}-{own.Ordinal}.zip\"";
        if (response.Body == Stream.Null) return; // HEAD: nobody would read it
        try
        {
            await new ExportArchive(own, mark, grains, form).Write(response.Body, cancellation);
        }
        catch (Exception surprise)
        {
            if (surprise is ExportBrokenOffException or IOException || Surprises.IsUnavailability(surprise))
                LogBrokenOff(log, surprise.GetType().Name);
            else
                LogSurprise(log, surprise.GetType().Name, surprise.StackTrace);
            httpContext.Abort();
        }
    }

    [LoggerMessage(1, LogLevel.Information, "An export was broken off: {Kind}")]
    private static partial void LogBrokenOff(ILogger logger, string kind);

    // The exception's message is left out: it may hold what the archive held.
    [LoggerMessage(2, LogLevel.Error, "An export ended in a surprise: {Kind} {Trace}")]
    private static partial void LogSurprise(ILogger logger, string kind, string? trace);
}
