using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Scoring.Programmes;
using Scoring.Scores;

namespace Scoring.Simulation;

/// <summary>Reminds the programmes' shadows on every silo, from time to time, where a published version's day has not come.</summary>
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

    /// <summary>One look at all programmes.</summary>
    internal async Task RemindAll()
    {
        foreach (var programme in Coming()) await grains.GetGrain<IShadowGrain>(programme.Value).Look();
    }

    private ProgrammeId[] Coming()
    {
        try
        {
            return [.. catalogue.Current().Programmes
                .Where(p => !p.Ended && p.RuleSets[0].FirstDay <= p.Today && p.RuleSets[^1].FirstDay > p.Today)
                .Select(p => p.Programme.Id)];
        }
        catch (RuleBookStaleException)
        {
            return [];
        }
    }

    [LoggerMessage(2303, LogLevel.Warning, "Coming versions could not be looked at: {Surprise}; they are looked at again")]
    private static partial void LogFailed(ILogger logger, string surprise);
}
