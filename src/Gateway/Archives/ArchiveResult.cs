using Scoring.Exports;
using Scoring.Problems;

namespace Scoring.Archives;

/// <summary>
/// An archive as an answer. Refused before its first byte like anything else; past that, whatever hinders it aborts the connection, so that
/// nobody takes a part for the whole.
/// </summary>
internal static partial class ArchiveResult
{
    /// <summary>Writes it, when there is a turn for it now.</summary>
    /// <param name="context">The request.</param>
    /// <param name="turns">How many at once.</param>
    /// <param name="of">Of whom one at a time.</param>
    /// <param name="name">The file's name.</param>
    /// <param name="write">Writes it onto the body.</param>
    /// <param name="log">Where it is told when it was broken off.</param>
    public static async Task Write(
        HttpContext context, ExportLimiter turns, string of, string name, Func<Stream, CancellationToken, Task> write, ILogger log)
    {
        using var turn = turns.Take(of, out var refusal);
        if (refusal is not null)
        {
            await new ProblemResult(refusal).ExecuteAsync(context);
            return;
        }
        await Write(context, name, write, log);
    }

    /// <summary>Writes it.</summary>
    public static async Task Write(HttpContext context, string name, Func<Stream, CancellationToken, Task> write, ILogger log)
    {
        var response = context.Response;
        response.ContentType = "application/zip";
        response.Headers.ContentDisposition = $"attachment; filename=\"{name}\"";
        if (response.Body == Stream.Null) return; // HEAD: nobody would read it
        try
        {
            await write(response.Body, context.RequestAborted);
        }
        catch (Exception exception)
        {
            if (exception is ExportAbortedException or IOException || UnhandledExceptionHandler.IsUnavailability(exception))
                LogBrokenOff(log, exception.GetType().Name);
            else
                LogSurprise(log, exception.GetType().Name, exception.StackTrace);
            context.Abort();
        }
    }

    [LoggerMessage(1, LogLevel.Information, "An export was broken off: {Kind}")]
    private static partial void LogBrokenOff(ILogger logger, string kind);

    // The exception's message is left out: it may hold what the archive held.
    [LoggerMessage(2, LogLevel.Error, "An export ended in a surprise: {Kind} {Trace}")]
    private static partial void LogSurprise(ILogger logger, string kind, string? trace);
}
