using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Scoring.Hosting;

namespace Scoring.Receipts;

/// <summary>Registers the services of consent receipts.</summary>
public static class ReceiptServiceCollectionExtensions
{
    /// <summary>
    /// Adds the services of receipts, with options from the section <see cref="PrivacyNoticeOptions.Section"/>. In Development, missing
    /// options get example values.
    /// </summary>
    public static IServiceCollection AddReceipts(this IServiceCollection services, IConfiguration configuration, bool isDevelopment)
    {
        AddNotice(services, configuration.GetSection(PrivacyNoticeOptions.Section), isDevelopment);
        return services.AddSingleton<ReceiptIssuer>().AddSingleton<ConsentReceiptReader>().AddSingleton<WithdrawalReceiptIssuer>();
    }

    /// <summary>Adds the options, which are validated at start.</summary>
    private static void AddNotice(IServiceCollection services, IConfigurationSection section, bool isDevelopment)
    {
        var options = services.AddChecked<PrivacyNoticeOptions>(section).Validate(
            notice => notice.ControllerAddresses.Values.All(address => address.Length is > 0 and <= 300),
            "Notice:ControllerAddresses: an address must have 1 to 300 characters.");
        if (isDevelopment) options.PostConfigure(notice => notice.FillWithExamples());
    }
}
