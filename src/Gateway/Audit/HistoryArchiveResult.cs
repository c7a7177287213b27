using Scoring.Archives;

namespace Scoring.Audit;

/// <summary>Answers with an auditor's archive of one history.</summary>
internal sealed class HistoryArchiveResult(AuditAccess access, HistoryDependencies dependencies) : IResult
{
    /// <inheritdoc/>
    public Task ExecuteAsync(HttpContext httpContext) => ArchiveResult.Write(
        httpContext, dependencies.Limiter, access.Case.Case, $"scoring-history-{access.Case.Programme}.zip",
        (body, cancellationToken) => new HistoryArchive(access, dependencies).Write(body, cancellationToken), dependencies.Log);
}
