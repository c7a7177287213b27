namespace Scoring.Telemetry;

/// <summary>
/// Keeps Orleans' runtime from logging grain ids, which are people. Its messages at Warning and Error that hold a message, an activation
/// or a grain's address come from the categories below, and those are silent up to Critical; so are exceptions' texts with them. What they
/// would tell is counted by Orleans' meters without names. The rest of Orleans speaks from Warning up; membership from Information.
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

    /// <summary>Adds the filters; a configuration may say less, not more.</summary>
    public static ILoggingBuilder FilterGrainIds(this ILoggingBuilder logging)
    {
        logging.AddFilter("Orleans", LogLevel.Warning);
        logging.AddFilter("Microsoft.Orleans", LogLevel.Warning);
        logging.AddFilter("Orleans.Runtime.MembershipService", LogLevel.Information);
        foreach (var category in Silent) logging.AddFilter(category, LogLevel.Critical);
        return logging;
    }
}
