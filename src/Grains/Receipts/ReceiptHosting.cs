using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Scoring.Receipts;

/// <summary>What consent receipts need.</summary>
public static class ReceiptHosting
{
    /// <summary>
    /// Adds the receipts; options from the section <see cref="NoticeOptions.Section"/>, made up in Development where left out.
    /// </summary>
    public static IServiceCollection AddReceipts(this IServiceCollection services, IConfiguration configuration, bool isDevelopment)
    {
        NoticeOptions.Add(services, configuration.GetSection(NoticeOptions.Section), isDevelopment);
        return services.AddSingleton<ReceiptMaker>().AddSingleton<Farewell>();
    }
}
