using System.Text;
using Scoring.City;

namespace Scoring.Bench.Loads;

/// <summary>What a load process sends: requests in their order, each over the next connection that is free.</summary>
/// <param name="Address">The base address of the platform.</param>
/// <param name="Parallel">The number of connections. Each has one request at a time.</param>
/// <param name="Heads">The beginnings of requests, up to the value of <c>Content-Length</c>; see <see cref="RequestHead"/>.</param>
/// <param name="Requests">The requests.</param>
public sealed record LoadPlan(Uri Address, int Parallel, IReadOnlyList<byte[]> Heads, IReadOnlyList<LoadRequest> Requests)
{
    /// <summary>After how many seconds no further request is sent.</summary>
    public int SecondsMax { get; init; } = 3600;

    /// <summary>How many requests are sent per second at most; 0 for as many as are answered.</summary>
    public double PerSecond { get; init; }

    /// <summary>Whether the bodies of answers are kept. Those of refusals always are.</summary>
    public bool KeepsBodies { get; init; }
}

/// <summary>One request.</summary>
/// <param name="Head">The index of its head.</param>
/// <param name="Body">Its body; empty for none.</param>
public readonly record struct LoadRequest(int Head, ReadOnlyMemory<byte> Body);

/// <summary>The answer to one request.</summary>
/// <param name="Status">Its status; <see cref="NotSent"/>, or <see cref="Broken"/>.</param>
/// <param name="Milliseconds">The time from the first byte of the request to the last of the answer.</param>
/// <param name="Body">The body, if it was kept; otherwise empty.</param>
public readonly record struct LoadAnswer(int Status, double Milliseconds, byte[] Body)
{
    /// <summary>The status of a request that was not sent, because the time was over.</summary>
    public const int NotSent = 0;

    /// <summary>The status of a request whose connection broke.</summary>
    public const int Broken = 1;

    /// <summary>Requires that every request was answered with a status.</summary>
    /// <exception cref="CityException">One was answered otherwise.</exception>
    public static void Require(IEnumerable<LoadAnswer> answers, int expected, string what)
    {
        foreach (var (status, _, body) in answers)
            if (status != expected)
                throw new CityException($"{what} was answered with status {status}: {Encoding.UTF8.GetString(body)}");
    }
}
