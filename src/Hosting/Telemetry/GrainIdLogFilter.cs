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

    /// <summary>Adds the filters. A configuration may log less, but not more.</summary>
    public static ILoggingBuilder FilterGrainIds(this ILoggingBuilder logging) => logging.LimitLevels(Lowest);
}
