using Microsoft.Extensions.Options;
using Npgsql;
using Scoring.Administration;

namespace Scoring.Programmes;

/// <summary>
/// Seeds an empty database from the folder at start. From then on it renews the rule book from the database, at an interval and after each
/// change that this silo made.
/// </summary>
internal sealed partial class ProgrammeRefreshService(
    ProgrammeSeeder seeder, RuleBookRefresher refresher, ProgrammeChangeSignal changes, IOptions<ProgrammeOptions> options,
    ILogger<ProgrammeRefreshService> log) : BackgroundService
{
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await seeder.SeedWhenEmpty(cancellationToken);
        await refresher.Renew(cancellationToken);
        changes.Listen(TryRenew);
        await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(options.Value.RefreshSeconds));
        while (await timer.WaitForNextTickAsync(stoppingToken)) await TryRenew(stoppingToken);
    }

    private async Task TryRenew(CancellationToken cancellationToken)
    {
        try
        {
            await refresher.Renew(cancellationToken);
        }
        catch (Exception exception) when (exception is NpgsqlException or ProgrammesRefusedException or TimeoutException)
        {
            LogNotRenewed(log, exception.GetType().Name);
        }
    }

    [LoggerMessage(3002, LogLevel.Warning, "The rule book cannot be renewed: {Exception}. The silo tries again")]
    private static partial void LogNotRenewed(ILogger logger, string exception);
}
