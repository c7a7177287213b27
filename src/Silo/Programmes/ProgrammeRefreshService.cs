using Microsoft.Extensions.Options;
using Scoring.Administration;
using Scoring.Background;

namespace Scoring.Programmes;

/// <summary>
/// Seeds an empty database from the folder at start. From then on it renews the rule book from the database, at an interval and after each
/// change that this silo made.
/// </summary>
internal sealed class ProgrammeRefreshService(
    ProgrammeSeeder seeder, RuleBookRefresher refresher, ProgrammeChangeSignal changes, IOptions<ProgrammeOptions> options,
    BackgroundStepRunner steps) : BackgroundService
{
    private readonly BackgroundStep _renewal = new BackgroundStep("rule-book", refresher.Renew);

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await seeder.SeedWhenEmpty(cancellationToken);
        await refresher.Renew(cancellationToken);
        changes.Listen(token => steps.Run(_renewal, token));
        await base.StartAsync(cancellationToken);
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => steps.Repeat(
        new BackgroundSchedule(TimeSpan.FromSeconds(options.Value.RefreshSeconds), _renewal) { StartsWithPause = true }, stoppingToken);
}
