using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Scoring.Ledger;

/// <summary>Registers the ledger.</summary>
public static class LedgerServiceCollectionExtensions
{
    /// <summary>
    /// Adds <see cref="ILedger"/> and <see cref="ILedgerHeads"/>. It needs
    /// <see cref="Storage.StorageServiceCollectionExtensions.AddStorage"/>.
    /// </summary>
    public static IServiceCollection AddLedger(this IServiceCollection services)
    {
        services.AddOptions<LedgerOptions>().BindConfiguration(LedgerOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.TryAddSingleton<LedgerHeads>();
        services.TryAddSingleton<ILedgerHeads>(provider => provider.GetRequiredService<LedgerHeads>());
        services.AddHostedService(provider => provider.GetRequiredService<LedgerHeads>());
        services.TryAddSingleton<PostgresLedger>();
        services.TryAddSingleton<ILedger>(provider => provider.GetRequiredService<PostgresLedger>());
        return services;
    }
}
