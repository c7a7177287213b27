using System.Globalization;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;

namespace Scoring.Health;

/// <summary>A folder of which the free space is watched.</summary>
/// <param name="Setting">The setting that names it.</param>
/// <param name="Path">Its path; empty when none is set.</param>
public sealed record WatchedFolder(string Setting, string Path);

/// <summary>Looks at the free space of the folders in which the process writes.</summary>
/// <param name="folders">The folders.</param>
/// <param name="options">The bounds.</param>
internal sealed class DiskCheck(IEnumerable<WatchedFolder> folders, IOptions<HealthOptions> options) : IDescribedCheck
{
    private const double MiB = 1024 * 1024;

    /// <inheritdoc/>
    public static CheckDescription Description { get; } = new(
        "disk", "free space of the folders of `Erasures:Folder` and `Standalone:DataFolder`",
        "less than `Health:DiskFreePercentMin` is free",
        "less than `Health:DiskFreeMiBMin` is free, or a folder is missing",
        "Make room. Never delete a file of the erasure list.", "docs/operations.md#what-erasure-means-and-when");

    /// <inheritdoc/>
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var found = folders.Where(folder => folder.Path.Length > 0).Select(Look).ToArray();
        var status = found.Select(one => one.Status).DefaultIfEmpty(HealthStatus.Healthy).Min();
        var text = found.Length == 0 ? "No folder is set." : string.Join(' ', found.Select(one => one.Text));
        return Task.FromResult(new HealthCheckResult(status, text));
    }

    private (HealthStatus Status, string Text) Look(WatchedFolder folder)
    {
        if (!Directory.Exists(folder.Path)) return (HealthStatus.Unhealthy, $"{folder.Setting} is missing.");
        var drive = new DriveInfo(folder.Path);
        var percent = 100.0 * drive.AvailableFreeSpace / drive.TotalSize;
        var status = drive.AvailableFreeSpace < options.Value.DiskFreeMiBMin * MiB ? HealthStatus.Unhealthy
            : percent < options.Value.DiskFreePercentMin ? HealthStatus.Degraded
            : HealthStatus.Healthy;
        return (status, string.Create(
            CultureInfo.InvariantCulture, $"{folder.Setting} has {drive.AvailableFreeSpace / MiB:N0} MiB free ({percent:N0} %)."));
    }
}
