namespace Scoring.Programmes;

internal sealed partial class CatalogueCache
{
    [LoggerMessage(4301, LogLevel.Warning, "The catalogue could not be read: {Kind}")]
    private static partial void LogReadFailed(ILogger logger, string kind);
}
