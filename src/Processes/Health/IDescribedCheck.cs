using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Scoring.Health;

/// <summary>A check of a process's health. What it finds is a sentence for an operator, with no person and no secret in it.</summary>
public interface IDescribedCheck : IHealthCheck
{
    /// <summary>What the check looks at.</summary>
    static abstract CheckDescription Description { get; }
}
