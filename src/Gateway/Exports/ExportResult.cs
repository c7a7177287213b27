using Scoring.Archives;
using Scoring.Enrolments;
using Scoring.Problems;

namespace Scoring.Exports;

/// <summary>A participant's archive as an answer.</summary>
internal sealed class ExportResult(
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
        if (await grains.GetGrain<IExportGrain>(0).Begin(own).WaitAsync(httpContext.RequestAborted) is not { } mark)
        {
            await new Refused(Problem.NotFound).ExecuteAsync(httpContext);
            return;
        }
        await ArchiveAnswer.Write(
            httpContext, $"scoring-{own.Programme}-{own.Ordinal}.zip",
            (body, cancellation) => new ExportArchive(own, mark, grains, form).Write(body, cancellation), log);
    }
}
