using Scoring.Limits;

namespace Scoring.Bench.Neutral;

/// <summary>A kind of request. Its times are compared with those of the unknown kind of the same family.</summary>
/// <param name="Family">The service that queries, or <c>events</c>.</param>
/// <param name="Name">The state of the subject or the grant.</param>
/// <param name="Request">Creates the n-th request.</param>
public sealed record RequestKind(string Family, string Name, Func<int, HttpRequestMessage> Request)
{
    /// <summary>The name of the kind with which all others of the family are compared.</summary>
    public const string Unknown = "unknown";

    /// <summary>The period of the ticks on which its answers leave, in milliseconds; that of answers to services by default.</summary>
    public double TickMs { get; init; } = new GatewayLimits().ScoresTickMs;

    /// <summary>The text that every answer must contain: the neutral answer.</summary>
    public string Expected { get; init; } = "";

    /// <summary>A delay before the request is sent, to prove that the bench finds such a difference.</summary>
    public TimeSpan Delay { get; init; }

    /// <summary>Whether the kind is shown only, because the platform does not promise that its times are the same.</summary>
    public bool IsShownOnly { get; init; }

    /// <summary>The largest number of its requests.</summary>
    public int CountMax { get; init; } = int.MaxValue;
}
