namespace Scoring.Bench.Neutral;

/// <summary>One kind of request whose answer is compared with nobody's of the same family.</summary>
/// <param name="Family">Those asked by one service, or sent by one source.</param>
/// <param name="Name">Who it is about.</param>
/// <param name="Request">The n-th request.</param>
public sealed record RequestKind(string Family, string Name, Func<int, HttpRequestMessage> Request)
{
    /// <summary>The name of whom all others are compared with.</summary>
    public const string Unknown = "unknown";

    /// <summary>What every answer to it must hold: the neutral answer.</summary>
    public string Expected { get; init; } = "";

    /// <summary>A delay before the platform has the request, put in to see whether it is found.</summary>
    public TimeSpan Delay { get; init; }

    /// <summary>Not promised to be like nobody: shown only.</summary>
    public bool IsShownOnly { get; init; }

    /// <summary>How many there are, when fewer than of the others.</summary>
    public int CountMax { get; init; } = int.MaxValue;
}
