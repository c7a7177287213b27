using System.Net;
using Microsoft.AspNetCore.Connections;

namespace Scoring.Cluster;

/// <summary>
/// Ends a connection without TLS to another machine before any message, and the process with it. A gateway learns the silos' addresses from
/// the membership table alone, so it cannot be refused earlier.
/// </summary>
internal static partial class LoopbackConnections
{
    /// <summary>Adds the check to each connection that is opened.</summary>
    public static void Require(IConnectionBuilder connections)
    {
        var log = connections.ApplicationServices.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(LoopbackConnections));
        var lifetime = connections.ApplicationServices.GetRequiredService<IHostApplicationLifetime>();
        connections.Use(next => context =>
        {
            if (context.RemoteEndPoint is IPEndPoint { Address: var address } && IPAddress.IsLoopback(address)) return next(context);
            LogRefused(log, context.RemoteEndPoint?.ToString() ?? "an unknown address");
            context.Abort();
            Environment.ExitCode = 1;
            lifetime.StopApplication();
            return Task.CompletedTask;
        });
    }

    [LoggerMessage(2813, LogLevel.Critical,
        "The silo at {Endpoint} is on another machine. Outside Development that needs mutual TLS: set Cluster:Tls. The process ends")]
    private static partial void LogRefused(ILogger logger, string endpoint);
}
