using System.Diagnostics;

namespace Scoring.Health;

/// <summary>Which process of the platform this is.</summary>
/// <param name="Name">Its name: <c>silo</c>, <c>gateway</c>, <c>portal</c> or <c>standalone</c>.</param>
/// <param name="Drains">Whether it serves requests that a load balancer sends, so that it drains before it stops.</param>
public sealed record ProcessIdentity(string Name, bool Drains)
{
    /// <summary>When the process was made, as a time stamp of the machine.</summary>
    internal long StartedAt { get; } = Stopwatch.GetTimestamp();
}
