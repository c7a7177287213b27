using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Scoring.Background;
using Scoring.Programmes;
using Scoring.Scores;

namespace Scoring.Simulation;

/// <summary>Periodically calls the shadow grains of programmes that have a coming version, from every silo.</summary>
internal sealed class ShadowService(
    IGrainFactory grains, CurrentCatalogue catalogue, IOptions<SimulationOptions> options, BackgroundStepRunner steps) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => steps.Repeat(
        new BackgroundSchedule(TimeSpan.FromMinutes(options.Value.ShadowLookMinutes), new BackgroundStep("shadows", _ => RemindAll()))
        {
            StartsWithPause = true,
        },
        stoppingToken);

    /// <summary>Calls the shadow grain of every programme that has a coming version.</summary>
    internal async Task RemindAll()
    {
        foreach (var programme in Coming()) await grains.GetGrain<IShadowGrain>(programme.Value).Look();
    }

    private ProgrammeId[] Coming()
    {
        try
        {
            return [.. catalogue.Current().Programmes
                .Where(published => !published.Ended && published.RuleSets[0].FirstDay <= published.Today
                    && published.RuleSets[^1].FirstDay > published.Today)
                .Select(published => published.Programme.Id)];
        }
        catch (RuleBookStaleException)
        {
            return [];
        }
    }
}
