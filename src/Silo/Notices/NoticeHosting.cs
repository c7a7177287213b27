namespace Scoring.Notices;

/// <summary>Registers what notices read.</summary>
public static class NoticeHosting
{
    /// <summary>Adds <see cref="INoticeLedger"/>; needs <see cref="Storage.StorageServices.AddStorage"/>.</summary>
    public static IServiceCollection AddNoticeLedger(this IServiceCollection services) =>
        services.AddSingleton<INoticeLedger, PostgresNotices>();
}
