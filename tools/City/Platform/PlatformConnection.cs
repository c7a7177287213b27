using Scoring.Client;

namespace Scoring.City.Platform;

/// <summary>Opens City's connections to the platform. They persist: a replay goes on while gateways restart.</summary>
public static class PlatformConnection
{
    /// <summary>How often a request is sent at most. After that a busy answer or a broken connection is final.</summary>
    public const int AttemptsMax = 40;

    private static readonly TimeSpan RetryDelay = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan RetryAfterMax = TimeSpan.FromSeconds(5);

    /// <summary>Opens connections without an access token; <see cref="ScoringClient.As(string?)"/> gives a caller's client.</summary>
    /// <param name="gateways">The addresses of the gateways.</param>
    /// <param name="handler">Sends the requests; by default over the network.</param>
    public static ScoringClient Open(IEnumerable<Uri> gateways, HttpMessageHandler? handler = null) => new(
        new ScoringClientOptions
        {
            Addresses = [.. gateways],
            AttemptsMax = AttemptsMax,
            RetryDelay = RetryDelay,
            RetryDelayMax = RetryDelay,
            RetryAfterMax = RetryAfterMax,
            // A synthetic resident who is enrolled or granted twice harms no person.
            RepeatsEveryRequest = true,
        },
        handler ?? new SocketsHttpHandler { MaxConnectionsPerServer = 64 });
}
