using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;
using Scoring.Inbox;
using Scoring.Programmes;

namespace Scoring.Health;

/// <summary>Counts the services whose registration ends soon.</summary>
internal sealed class RegistrationsCheck(CurrentRuleBook ruleBook, IOptions<InboxOptions> options, TimeProvider machine) : IDescribedCheck
{
    /// <inheritdoc/>
    public static CheckDescription Description { get; } = new(
        "registrations", "the last days of services' registrations", "one ends within `Inbox:SoonDays`", "",
        "An administrator renews it: the inbox names it.", "docs/configuration.md#silo");

    /// <inheritdoc/>
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        if (ruleBook.Age is null) return Task.FromResult(HealthCheckResult.Healthy("There is no catalogue yet."));
        var today = DateOnly.FromDateTime(machine.GetUtcNow().UtcDateTime);
        var until = today.AddDays(options.Value.SoonDays);
        DateOnly[] soon =
        [
            .. ruleBook.Catalogue.Services.Where(service => !service.Stopped && service.LastDay >= today && service.LastDay <= until)
                .Select(service => service.LastDay),
        ];
        return Task.FromResult(soon.Length == 0
            ? HealthCheckResult.Healthy($"None ends within {options.Value.SoonDays} days.")
            : HealthCheckResult.Degraded($"{soon.Length} end within {options.Value.SoonDays} days, the first on {soon.Min():yyyy-MM-dd}."));
    }
}
