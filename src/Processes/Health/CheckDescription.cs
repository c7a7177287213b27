namespace Scoring.Health;

/// <summary>Says what a check of a process's health looks at. It names no person and no secret.</summary>
/// <param name="Name">The check's name, unique in a process.</param>
/// <param name="LooksAt">What it looks at.</param>
/// <param name="Degraded">When it is degraded: the process works, and an operator should act. Empty for never.</param>
/// <param name="Unhealthy">When it is unhealthy. Empty for never.</param>
/// <param name="Advice">What an operator does.</param>
/// <param name="Page">The section of the docs that says more, as a path with an anchor.</param>
public sealed record CheckDescription(string Name, string LooksAt, string Degraded, string Unhealthy, string Advice, string Page)
{
    /// <summary>
    /// What a process that is not ready says when this check is unhealthy; <see langword="null"/> when readiness does not depend on it.
    /// </summary>
    public string? Obstacle { get; init; }
}
