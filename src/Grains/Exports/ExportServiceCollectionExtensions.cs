using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Scoring.Hosting;

namespace Scoring.Exports;

/// <summary>Registers the services of participants' archives.</summary>
public static class ExportServiceCollectionExtensions
{
    /// <summary>
    /// Adds the services, with options from the section <see cref="ExportOptions.Section"/>. They need an <see cref="IExportStore"/>.
    /// </summary>
    public static IServiceCollection AddExports(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddChecked<ExportOptions>(configuration.GetSection(ExportOptions.Section));
        services.AddSingleton<ExportReader>().AddSingleton<ExportScorer>().AddSingleton<ExportDocuments>();
        return services.AddSingleton<ExportSealer>().AddSingleton<ExportDependencies>();
    }
}
