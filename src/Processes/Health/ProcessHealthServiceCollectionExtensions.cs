using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;
using Scoring.Settings;

namespace Scoring.Health;

/// <summary>Registers what a process says about its health.</summary>
public static class ProcessHealthServiceCollectionExtensions
{
    /// <summary>
    /// Adds the listener of a process, with options from the section <see cref="HealthOptions.Section"/>. Call it before other hosted
    /// services are added, so that it answers while they start, and until they have stopped.
    /// </summary>
    /// <param name="builder">The process's host.</param>
    /// <param name="process">The process's name.</param>
    /// <param name="drains">Whether the process serves requests that a load balancer sends, so that it drains before it stops.</param>
    public static IHostApplicationBuilder AddProcessHealth(this IHostApplicationBuilder builder, string process, bool drains)
    {
        var services = builder.Services;
        // A developer waits for nothing. Configured values, which are bound later, win.
        if (builder.Environment.IsDevelopment()) services.Configure<HealthOptions>(health => health.DrainSeconds = 0);
        services.AddSettings<HealthOptions>(builder.Configuration, HealthOptions.Section);
        services.AddHealth();
        services.AddSingleton(new ProcessIdentity(process, drains)).AddSingleton<HealthPage>().AddSingleton<HealthListener>();
        services.AddHostedService(provider => provider.GetRequiredService<HealthListener>());
        if (drains) services.AddOptions<HostOptions>().PostConfigure<IOptions<HealthOptions>>(
            (host, health) => host.ShutdownTimeout += TimeSpan.FromSeconds(health.Value.DrainSeconds));
        return builder;
    }

    /// <summary>Adds the runner of checks and the drain, without a listener. A second call changes nothing.</summary>
    public static IServiceCollection AddHealth(this IServiceCollection services)
    {
        if (services.Any(service => service.ServiceType == typeof(HealthReports))) return services;
        services.TryAddSingleton(TimeProvider.System);
        services.AddHealthChecks();
        // Its own messages repeat at each question. HealthReports logs each change once.
        services.AddLogging(logging => logging.AddFilter("Microsoft.Extensions.Diagnostics.HealthChecks", LogLevel.None));
        services.AddSingleton<HealthReports>().AddSingleton<Drain>();
        return services.AddHostedService(provider => provider.GetRequiredService<Drain>());
    }

    /// <summary>Adds a check. The order of the calls is the order in which checks are shown, and the first obstacle is named.</summary>
    public static IServiceCollection AddCheck<T>(this IServiceCollection services) where T : class, IDescribedCheck
    {
        services.AddHealth();
        services.TryAddSingleton<T>();
        services.AddSingleton(T.Description);
        services.AddHealthChecks().Add(new HealthCheckRegistration(
            T.Description.Name,
            provider => new LimitedCheck(provider.GetRequiredService<T>, provider.GetRequiredService<IOptions<HealthOptions>>()),
            failureStatus: null, tags: null));
        return services;
    }

    /// <summary>Adds a folder to those of which the free space is watched.</summary>
    public static IServiceCollection AddWatchedFolder(this IServiceCollection services, Func<IServiceProvider, WatchedFolder> folder)
    {
        if (services.All(service => service.ServiceType != typeof(DiskCheck))) services.AddCheck<DiskCheck>();
        return services.AddSingleton(folder);
    }
}
