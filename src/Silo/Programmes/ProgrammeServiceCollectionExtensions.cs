using Microsoft.Extensions.DependencyInjection.Extensions;
using Scoring.Administration;
using Scoring.Hosting;

namespace Scoring.Programmes;

/// <summary>Registers the programmes and their clock.</summary>
public static class ProgrammeServiceCollectionExtensions
{
    /// <summary>The configuration key of the file that the programmes' clock reads. It is refused outside Development.</summary>
    public const string ClockFileKey = "Scoring:Clock:File";

    /// <summary>Adds the published programmes; needs the ledger.</summary>
    public static IServiceCollection AddProgrammes(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddChecked<ProgrammeOptions>(configuration.GetSection(ProgrammeOptions.Section));
        services.AddSingleton<ProgrammeReader>();
        services.AddSingleton<PublishedDocuments>();
        services.TryAddSingleton<AdminActionWriter>();
        services.AddSingleton<ProgrammeSeeder>();
        services.TryAddSingleton<ProgrammeChangeSignal>();
        services.AddSingleton<RuleBookRefresher>();
        services.AddSingleton<IRuleBookRenewal, RuleBookRenewal>();
        services.AddHostedService<ProgrammeRefreshService>();
        return services;
    }

    /// <summary>Adds the programmes' clock: the machine's, or in Development that of a file.</summary>
    /// <exception cref="InvalidOperationException">A clock file is named outside Development.</exception>
    public static IServiceCollection AddProgrammeClock(
        this IServiceCollection services, IConfiguration configuration, IHostEnvironment environment)
    {
        var file = configuration[ClockFileKey];
        if (string.IsNullOrEmpty(file))
            return services.AddSingleton(provider => new ProgrammeClock(provider.GetRequiredService<TimeProvider>()));
        if (!environment.IsDevelopment())
            throw new InvalidOperationException($"{ClockFileKey} is set. Remove it: it is for Development only.");
        return services.AddSingleton(provider => new ProgrammeClock(new FileClock(file, provider.GetRequiredService<TimeProvider>())));
    }
}
