using Microsoft.Extensions.Logging;

namespace Scoring.Ledger;

internal sealed partial class PartitionGrain
{
    [LoggerMessage(2011, LogLevel.Warning, "Partition {Partition}: the stream gave up a delivery; the hole is read from the ledger")]
    private static partial void LogDeliveryGivenUp(ILogger logger, int partition, Exception exception);

    [LoggerMessage(2012, LogLevel.Warning, "Partition {Partition}: {Count} active subjects did not accept their entries and are removed")]
    private static partial void LogStruckOff(ILogger logger, int partition, int count);
}
