using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Scoring.Hosting;

namespace Scoring.Notices;

/// <summary>Registers the services of timelines and live notices.</summary>
internal static class NoticeServiceCollectionExtensions
{
    /// <summary>Adds the services, with options from the section <c>Notices</c>. They need an <see cref="INoticeLedger"/>.</summary>
    public static IServiceCollection AddNotices(this IServiceCollection services, IConfiguration scoring)
    {
        services.AddChecked<NoticeOptions>(scoring.GetSection(NoticeOptions.Section));
        return services.AddSingleton<NoticeReader>().AddSingleton<NoticeBuilder>().AddSingleton<NoticePageReader>()
            .AddSingleton<NoticePoller>().AddSingleton<SubjectGrowth>().AddSingleton<NoticeWaiter>().AddSingleton<LiveNoticeHandler>();
    }
}
