namespace Scoring.Notices;

/// <summary>Registers the ledger of notices.</summary>
public static class PostgresNoticeServiceCollectionExtensions
{
    /// <summary>Adds <see cref="INoticeLedger"/>; needs <see cref="Storage.StorageServiceCollectionExtensions.AddStorage"/>.</summary>
    public static IServiceCollection AddNoticeLedger(this IServiceCollection services) =>
        services.AddSingleton<INoticeLedger, PostgresNotices>();
}
