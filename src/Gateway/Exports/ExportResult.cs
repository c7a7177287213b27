using Scoring.Archives;
using Scoring.Enrolments;
using Scoring.Problems;

namespace Scoring.Exports;

/// <summary>Answers with a participant's archive.</summary>
internal sealed class ExportResult(
    OwnSubject own, IGrainFactory grains, ExportLimiter limiter, ArchiveFormat format, ILogger<ExportResult> log) : IResult
{
    /// <inheritdoc/>
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        using var lease = limiter.Acquire(own.Participant, isAudit: false, out var refusal);
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
            (body, cancellationToken) => new ExportArchive(own, mark, grains, format).Write(body, cancellationToken), log);
    }
}
