using Scoring.Archives;
using Scoring.Enrolments;
using Scoring.Problems;

namespace Scoring.Exports;

/// <summary>A participant's archive as an answer.</summary>
internal sealed class ExportResult(
    OwnSubject own, IGrainFactory grains, ExportLimiter turns, ArchiveFormat form, ILogger<ExportResult> log) : IResult
{
    /// <inheritdoc/>
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        using var turn = turns.Take(own.Participant, out var refusal);
        if (refusal is not null)
        {
            await new ProblemResult(refusal).ExecuteAsync(httpContext);
            return;
        }
        if (await grains.GetGrain<IExportGrain>(0).Begin(own).WaitAsync(httpContext.RequestAborted) is not { } mark)
        {
            await new ProblemResult(Problem.NotFound).ExecuteAsync(httpContext);
            return;
        }
        await ArchiveResult.Write(
            httpContext, $"scoring-{own.Programme}-{own.Ordinal}.zip",
            (body, cancellationToken) => new ExportArchive(own, mark, grains, form).Write(body, cancellationToken), log);
    }
}
