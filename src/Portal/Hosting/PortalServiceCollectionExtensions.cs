using System.Text.Encodings.Web;
using System.Text.Unicode;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http.Features;
using Scoring.Assets;
using Scoring.Audit;
using Scoring.Client;
using Scoring.Health;
using Scoring.Languages;
using Scoring.Linking;
using Scoring.Notices;
using Scoring.Programmes;
using Scoring.SignIn;
using Scoring.Verification;

namespace Scoring.Hosting;

/// <summary>Registers the portal's services.</summary>
internal static class PortalServiceCollectionExtensions
{
    private const int FieldsMax = 20_000;

    public static void AddPortal(this IServiceCollection services, PortalOptions options, TimeProvider time)
    {
        services.AddSingleton(options).AddSingleton(time).AddHttpContextAccessor();
        // What cookies and forms hold is a key to the memory of this process, so its own keys need not outlive it.
        services.AddDataProtection().UseEphemeralDataProtectionProvider();
        services.AddAntiforgery(form =>
        {
            form.Cookie.Name = "portal-antiforgery";
            form.Cookie.SameSite = SameSiteMode.Strict;
            form.FormFieldName = "__form";
        });
        // A draft has many fields. The number of bytes bounds the work.
        services.Configure<FormOptions>(form => form.ValueCountLimit = FieldsMax);
        services.AddSignIn(options);
        services.AddAuthorization();
        services.AddCascadingAuthenticationState();
        services.AddRazorComponents();
        services.AddSingleton(HtmlEncoder.Create(UnicodeRanges.All)); // Chinese is written as it is, not as numbers
        services.AddSingleton(new AssetFiles(options.Theme)).AddSingleton<VerifierFiles>();
        services.AddScoped(scope => new Texts(LanguageChoice.Of(scope.GetRequiredService<IHttpContextAccessor>().HttpContext!)));
        services.AddScoped<PublishedProgrammes>().AddSingleton<ProgrammeCache>().AddSingleton<RecordSummaries>();
        services.AddScoped<LinkVisitDependencies>().AddSingleton<LinkAnswers>();
        services.AddScoped<AuditDownload>().AddScoped<DownloadForm>();
        services.AddScoped<LiveRelay>().AddSingleton<LiveStreams>();
        services.AddCheck<PlatformCheck>().AddCheck<ProviderCheck>().AddHttpClient(PlatformCheck.Client);
        services.AddScoringClient(
            client =>
            {
                client.Addresses = options.Api;
                client.AttemptsMax = 3;
                client.AttemptTimeout = TimeSpan.FromSeconds(options.ApiSecondsMax);
                client.RetryAfterMax = TimeSpan.FromSeconds(2); // a person waits
            },
            scope => scope.GetRequiredService<CurrentSession>().AccessToken)
            .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler
            {
                PooledConnectionLifetime = TimeSpan.FromMinutes(5), AllowAutoRedirect = false, UseCookies = false,
            });
    }
}
