using Scoring.Signals;

namespace Scoring.Telemetry;

/// <summary>
/// Keeps Orleans, in a silo or a client, from logging grain ids, because a grain id identifies a person. Messages at Warning and Error
/// that hold a message, an activation or a grain's address come from the categories below. These categories log only Critical, which also
/// suppresses the texts of their exceptions. Orleans' meters count the same events without names. The rest of Orleans logs from Warning up,
/// membership from Information up.
/// </summary>
public static class GrainIdLogFilter
{
    private static readonly string[] Silent =
    [
        "Orleans.Messaging",
        "Orleans.Runtime.ActivationData",
        "Orleans.Runtime.CallbackData",
        "Orleans.Runtime.Catalog",
        "Orleans.Runtime.FatalErrorHandler",
        "Orleans.Runtime.Grain",
        "Orleans.Runtime.GrainDirectory",
        "Orleans.Runtime.GrainTimer",
        "Orleans.Runtime.HostedClient",
        "Orleans.Runtime.InsideRuntimeClient",
        "Orleans.Runtime.Messaging",
        "Orleans.Runtime.MessagingTrace",
        "Orleans.Runtime.OutsideRuntimeClient",
        "Orleans.Runtime.Scheduler",
        "Orleans.Runtime.SystemTarget",
        "Orleans.Core.StateStorageBridge",
        "Orleans.Grain",
        "Orleans.InvokableObjectManager",
        "Orleans.OutsideRuntimeClient",
        "Orleans.Streams.StreamConsumerExtension",
        "Microsoft.Orleans.Messaging",
        "Microsoft.Orleans.Messaging.Runtime",
        "Polly", // retries of Orleans' placement, with the exceptions' texts
    ];

    private static readonly Dictionary<string, LogLevel> Lowest = new(
        Silent.Select(category => KeyValuePair.Create(category, LogLevel.Critical)))
    {
        ["Orleans"] = LogLevel.Warning,
        ["Microsoft.Orleans"] = LogLevel.Warning,
        ["Orleans.Runtime.MembershipService"] = LogLevel.Information,
    };

    /// <summary>
    /// What every start says and no operator needs, with the level from which it logs unless a configuration names the category. The
    /// watchdog warns at each start, because it takes the time since the machine started for that of its first check.
    /// </summary>
    private static readonly Dictionary<string, LogLevel> Quiet = new()
    {
        ["Orleans.Runtime.MembershipService.AdoNetClusteringTable"] = LogLevel.Warning,
        ["Orleans.Runtime.MembershipService.MembershipAgent"] = LogLevel.Warning,
        ["Orleans.Runtime.MembershipService.MembershipTableSystemTarget"] = LogLevel.Warning,
        ["Orleans.Runtime.MembershipService.SystemTargetBasedMembershipTable"] = LogLevel.Warning,
        ["Orleans.Runtime.Watchdog"] = LogLevel.Error,
        ["Scoring.Owners.PartitionWriterService"] = LogLevel.Warning, // Orleans logs under the names of grain services
    };

    /// <summary>Adds the filters. A configuration may log less, but not more.</summary>
    public static ILoggingBuilder FilterGrainIds(this ILoggingBuilder logging)
    {
        foreach (var (category, level) in Quiet) logging.AddFilter(category, level);
        return logging.LimitLevels(Lowest);
    }
}
