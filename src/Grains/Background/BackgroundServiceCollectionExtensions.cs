using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Scoring.Checkpoints;
using Scoring.Clocks;
using Scoring.Hosting;

namespace Scoring.Background;

/// <summary>Registers the runner of background steps and the guard of the clock.</summary>
public static class BackgroundServiceCollectionExtensions
{
    /// <summary>
    /// Adds the runner and the guard, with options from the sections <see cref="BackgroundOptions.Section"/> and
    /// <see cref="ClockOptions.Section"/>, which are validated at start. They need an <see cref="IReferenceClock"/>. A second call changes
    /// nothing.
    /// </summary>
    public static IServiceCollection AddBackgroundSteps(this IServiceCollection services)
    {
        if (services.Any(service => service.ServiceType == typeof(BackgroundStepRunner))) return services;
        services.TryAddSingleton(TimeProvider.System);
        services.AddChecked<BackgroundOptions>(BackgroundOptions.Section);
        services.AddChecked<ClockOptions>(ClockOptions.Section).Validate<IOptions<CheckpointOptions>>(
            (clock, checkpoints) => clock.GapHoursMax * 3600L > checkpoints.Value.IntervalSeconds,
            "Clock:GapHoursMax must be longer than Checkpoints:IntervalSeconds.");
        services.AddSingleton<ClockGuard>();
        services.AddSingleton<BackgroundStepRunner>();
        return services;
    }
}
