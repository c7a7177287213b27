using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Scoring.Hosting;

namespace Scoring.Receipts;

/// <summary>What consent receipts need.</summary>
public static class ReceiptServiceCollectionExtensions
{
    /// <summary>
    /// Adds the receipts; options from the section <see cref="PrivacyNoticeOptions.Section"/>, made up in Development where left out.
    /// </summary>
    public static IServiceCollection AddReceipts(this IServiceCollection services, IConfiguration configuration, bool isDevelopment)
    {
        AddNotice(services, configuration.GetSection(PrivacyNoticeOptions.Section), isDevelopment);
        return services.AddSingleton<ReceiptIssuer>().AddSingleton<WithdrawalReceiptIssuer>();
    }

    /// <summary>Adds the options, checked at start.</summary>
    private static void AddNotice(IServiceCollection services, IConfiguration section, bool isDevelopment)
    {
        var options = services.AddChecked<PrivacyNoticeOptions>(section).Validate(
            notice => notice.ControllerAddresses.Values.All(address => address.Length is > 0 and <= 300),
            "Notice:ControllerAddresses: an address has 1 to 300 characters.");
        if (isDevelopment) options.PostConfigure(notice => notice.FillWithExamples());
    }
}
