using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;
using Scoring.Programmes;

namespace Scoring.Health;

/// <summary>Looks at the age of the rule book.</summary>
internal sealed class RulesCheck(CurrentRuleBook ruleBook, IOptions<RuleBookOptions> options) : IDescribedCheck
{
    /// <inheritdoc/>
    public static CheckDescription Description { get; } = new(
        "rules", "the age of the rule book", "older than half of `RuleBook:AgeMax`", "older than `RuleBook:AgeMax`: nothing is folded",
        "The background step rule-book fails: see its log entry.", "docs/operations.md#background-steps")
    {
        Obstacle = "rules-stale",
    };

    /// <inheritdoc/>
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        if (ruleBook.Age is not { } age) return Task.FromResult(HealthCheckResult.Unhealthy("There are no rules yet."));
        var status = age > options.Value.AgeMax ? HealthStatus.Unhealthy
            : age > options.Value.AgeMax / 2 ? HealthStatus.Degraded
            : HealthStatus.Healthy;
        return Task.FromResult(new HealthCheckResult(status, $"The rule book was confirmed {PlainDuration.Of(age)} ago."));
    }
}
