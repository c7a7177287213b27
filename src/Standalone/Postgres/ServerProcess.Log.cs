namespace Scoring.Postgres;

internal sealed partial class ServerProcess
{
    [LoggerMessage(EventId = 5001, Level = LogLevel.Information, Message = "PostgreSQL {Major} runs as process {ProcessId} in {Folder}")]
    private static partial void Started(ILogger log, int major, int processId, string folder);

    [LoggerMessage(EventId = 5002, Level = LogLevel.Warning,
        Message = "Took over PostgreSQL process {ProcessId} in {Folder}, whose owner was killed")]
    private static partial void Adopted(ILogger log, int processId, string folder);

    [LoggerMessage(EventId = 5003, Level = LogLevel.Warning,
        Message = "Removed a stale postmaster.pid in {Folder}: process {ProcessId} is no longer its server")]
    private static partial void Stale(ILogger log, int processId, string folder);

    [LoggerMessage(EventId = 5004, Level = LogLevel.Warning, Message = "PostgreSQL did not end within {Seconds} s of SIG{Signal}")]
    private static partial void SlowStop(ILogger log, string signal, double seconds);

    [LoggerMessage(EventId = 5005, Level = LogLevel.Information, Message = "PostgreSQL in {Folder} stopped")]
    private static partial void Stopped(ILogger log, string folder);
}
