using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Scoring.SetAside;

/// <summary>Registers what is done about entries that no fold could value.</summary>
public static class PostgresSetAsideServiceCollectionExtensions
{
    /// <summary>Adds <see cref="ISetAsideStore"/> and the background service; needs the grains' services and the administration.</summary>
    public static IServiceCollection AddSetAsideStore(this IServiceCollection services)
    {
        services.TryAddSingleton<ISetAsideStore, PostgresSetAside>();
        return services.AddSetAside();
    }
}
