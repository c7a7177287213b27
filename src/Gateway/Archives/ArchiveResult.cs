using Scoring.Exports;
using Scoring.Problems;

namespace Scoring.Archives;

/// <summary>
/// Writes an archive as an answer. Before the first byte a refusal is problem details. After it, every failure aborts the connection, so
/// that no client takes a partial archive for a complete one.
/// </summary>
internal static partial class ArchiveResult
{
    /// <summary>Writes an auditor's archive when the limiter permits it.</summary>
    /// <param name="context">The request.</param>
    /// <param name="limiter">Limits concurrent archives.</param>
    /// <param name="owner">The name by which the limiter counts: the case.</param>
    /// <param name="name">The file's name.</param>
    /// <param name="write">Writes the archive into the body.</param>
    /// <param name="log">Logs when the archive was aborted.</param>
    public static async Task Write(
        HttpContext context, ExportLimiter limiter, string owner, string name, Func<Stream, CancellationToken, Task> write, ILogger log)
    {
        using var lease = limiter.Acquire(owner, isAudit: true, out var refusal);
        if (refusal is not null)
        {
            await new ProblemResult(refusal).ExecuteAsync(context);
            return;
        }
        await Write(context, name, write, log);
    }

    /// <summary>Writes the archive.</summary>
    public static async Task Write(HttpContext context, string name, Func<Stream, CancellationToken, Task> write, ILogger log)
    {
        var response = context.Response;
        response.ContentType = "application/zip";
        response.Headers.ContentDisposition = $"attachment; filename=\"{name}\"";
        if (response.Body == Stream.Null) return; // a HEAD request gets no body
        try
        {
            await write(response.Body, context.RequestAborted);
        }
        catch (Exception exception)
        {
            if (exception is ExportAbortedException or IOException || UnhandledExceptionHandler.IsUnavailability(exception))
                LogAborted(log, exception.GetType().Name);
            else
                LogFailed(log, exception.GetType().Name, exception.StackTrace);
            context.Abort();
        }
    }

    [LoggerMessage(4001, LogLevel.Information, "An export was aborted: {Kind}")]
    private static partial void LogAborted(ILogger logger, string kind);

    // The exception's message is not logged: it may contain data of the archive.
    [LoggerMessage(4002, LogLevel.Error, "An export failed with an unexpected exception: {Kind} {Trace}")]
    private static partial void LogFailed(ILogger logger, string kind, string? trace);
}
