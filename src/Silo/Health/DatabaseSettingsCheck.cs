using Microsoft.Extensions.Diagnostics.HealthChecks;
using Scoring.Storage;

namespace Scoring.Health;

/// <summary>Repeats the start check of the server's version and settings, which can change while silos run.</summary>
internal sealed class DatabaseSettingsCheck(StartChecks checks) : IDescribedCheck
{
    /// <inheritdoc/>
    public static CheckDescription Description { get; } = new(
        "database-settings", "version and settings of the server, as at a start", "",
        "a setting is not fit any more: a commit could be lost, or the server could write personal data to a file",
        "Set back what is named. A silo that starts now refuses the server.", "docs/operations.md#postgresql");

    /// <inheritdoc/>
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var faults = await checks.FindSettingFaults(cancellationToken);
        return faults.Count == 0
            ? HealthCheckResult.Healthy("Version and settings are fit.")
            : HealthCheckResult.Unhealthy(string.Join(' ', faults));
    }
}
