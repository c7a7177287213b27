using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Scoring.Programmes;
using Scoring.Scores;

namespace Scoring.Simulation;

/// <summary>Periodically calls the shadow grains of programmes that have a coming version, from every silo.</summary>
internal sealed partial class ShadowService(
    IGrainFactory grains, CurrentCatalogue catalogue, IOptions<SimulationOptions> options, TimeProvider machine,
    ILogger<ShadowService> log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMinutes(options.Value.ShadowLookMinutes), machine);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await RemindAll();
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                LogFailed(log, exception.GetType().Name);
            }
        }
    }

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

    [LoggerMessage(2303, LogLevel.Warning, "The shadows of coming versions could not be started: {Exception}; they are tried again")]
    private static partial void LogFailed(ILogger logger, string exception);
}
