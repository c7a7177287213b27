using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Scoring.Hosting;
using Scoring.Owners;
using Scoring.Storage;
using Scoring.Subjects;

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
        // A fold takes a page that is not full for the last one.
        services.AddChecked<LedgerOptions>(LedgerOptions.Section).Validate<IOptions<SubjectOptions>>(
            (ledger, subjects) => ledger.ReadRowsMax >= subjects.Value.PageEntries,
            "Ledger:ReadRowsMax must not be below Subjects:PageEntries.");
        services.TryAddSingleton<LedgerTail>();
        services.TryAddSingleton<LedgerHeads>();
        services.TryAddSingleton<ILedgerHeads>(provider => provider.GetRequiredService<LedgerHeads>());
        services.AddHostedService(provider => provider.GetRequiredService<LedgerHeads>());
        services.TryAddSingleton<IPartitionOwners, LocalPartitions>();
        services.TryAddSingleton<FlushTraces>();
        services.TryAddSingleton<LedgerWriterDependencies>();
        services.TryAddSingleton(provider => new PostgresLedger(
            provider.GetRequiredService<LedgerDatabase>(), provider.GetRequiredService<LedgerWriterDependencies>(),
            provider.GetRequiredService<IOptions<LedgerOptions>>(), provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<PostgresLedger>>()));
        services.TryAddSingleton<ILedger>(provider => provider.GetRequiredService<PostgresLedger>());
        return services;
    }
}
