using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;

namespace Scoring.Health;

public sealed class DiskCheckTests
{
    private static readonly string Folder = Path.GetTempPath();
    private static readonly DriveInfo Drive = new(Folder);

    /// <summary>The bounds are set around what is free on this machine, so that what others write meanwhile changes nothing.</summary>
    [Fact]
    public async Task The_free_space_is_enough_or_little_or_too_little()
    {
        var half = (int)(Drive.AvailableFreeSpace / 1024 / 1024 / 2);
        half.ShouldBeGreaterThan(0);
        (await Find(new HealthOptions { DiskFreePercentMin = 0, DiskFreeMiBMin = half })).Status.ShouldBe(HealthStatus.Healthy);
        (await Find(new HealthOptions { DiskFreePercentMin = 101, DiskFreeMiBMin = half })).Status.ShouldBe(HealthStatus.Degraded);
        (await Find(new HealthOptions { DiskFreePercentMin = 0, DiskFreeMiBMin = 4 * half })).Status.ShouldBe(HealthStatus.Unhealthy);
    }

    [Fact]
    public async Task A_folder_that_is_missing_is_unhealthy_by_its_setting_and_not_by_its_path()
    {
        var found = await Find(new HealthOptions(), Path.Combine(Folder, "scoring-none"));
        (found.Status, found.Description).ShouldBe((HealthStatus.Unhealthy, "Erasures:Folder is missing."));
        (await Find(new HealthOptions(), "")).Description.ShouldBe("No folder is set.");
    }

    private static Task<HealthCheckResult> Find(HealthOptions options, string? folder = null) =>
        new DiskCheck([new WatchedFolder("Erasures:Folder", folder ?? Folder)], Options.Create(options)).CheckHealthAsync(
            new HealthCheckContext(), TestContext.Current.CancellationToken);
}
