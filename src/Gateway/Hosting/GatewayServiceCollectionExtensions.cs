using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http.Timeouts;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Scoring.About;
using Scoring.Audit;
using Scoring.Authentication;
using Scoring.Checkpoints;
using Scoring.Exports;
using Scoring.Health;
using Scoring.Intake;
using Scoring.Limits;
using Scoring.Notices;
using Scoring.OpenApi;
using Scoring.Problems;
using Scoring.Programmes;
using Scoring.Settings;
using Scoring.Statistics;
using Scoring.Ticks;

namespace Scoring.Hosting;

/// <summary>Registers the HTTP API, which runs in the process of a silo or in one of its own.</summary>
public static class GatewayServiceCollectionExtensions
{
    /// <summary>
    /// Adds the services of the HTTP API; the host adds an <see cref="IGrainFactory"/>. The options are bound to the configuration sections
    /// <see cref="GatewayLimits.Section"/> and <see cref="TokenOptions.Section"/>.
    /// </summary>
    public static IServiceCollection AddScoringGateway(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSettings<GatewayLimits>(configuration, GatewayLimits.Section);
        services.AddSettings<TokenOptions>(configuration, TokenOptions.Section);
        services.AddSettings<RequestPoolOptions>(configuration, RequestPoolOptions.Section);
        services.AddSettings<WitnessOptions>(configuration, WitnessOptions.Section);
        services.AddSettings<ProxyOptions>(configuration, ProxyOptions.Section);
        services.AddSettings<ProofCacheOptions>(configuration, ProofCacheOptions.Section);
        services.AddSettings<AboutOptions>(configuration, AboutOptions.Section);
        services.AddSingleton<IValidateOptions<TokenOptions>, TokenKeys>();
        services.TryAddSingleton(TimeProvider.System);

        services.AddAuthentication(JwtBearerDefaults.AuthenticationScheme).AddJwtBearer();
        RemoveKeyWriters(services);
        services.AddSingleton<TokenCache>().AddSingleton<IConfigureOptions<JwtBearerOptions>, BearerTokens>();
        services.AddAuthorizationBuilder().AddRoles();

        services.AddSingleton<RequestPools>().AddSingleton<RequestClient>();
        services.AddSingleton<IConfigureOptions<ForwardedHeadersOptions>, ForwardedAddresses>();
        services.AddRateLimiter(_ => { }).AddSingleton<IConfigureOptions<RateLimiterOptions>, RequestRateLimits>();
        services.AddRequestTimeouts().AddSingleton<IConfigureOptions<RequestTimeoutOptions>, RequestTimeouts>();
        services.AddSingleton<IConfigureOptions<KestrelServerOptions>, KestrelLimits>();

        services.AddSingleton<IdempotentCalls>();
        services.AddSingleton<ResponseTicks>();
        services.AddSingleton<NoticeStreamLimiter>();
        services.AddSingleton<ProofCache>();
        services.AddSingleton<ArchiveFormat>().AddSingleton<ExportLimiter>().AddSingleton<HistoryDependencies>();
        services.AddSingleton<CatalogueCache>().AddHostedService(provider => provider.GetRequiredService<CatalogueCache>());
        services.AddExceptionHandler<UnhandledExceptionHandler>();
        services.ConfigureHttpJsonOptions(options => GatewayJson.Apply(options.SerializerOptions));
        services.Configure<RouteOptions>(options => options.ConstraintMap["programme"] = typeof(ProgrammeConstraint));
        services.Configure<RouteOptions>(options => options.ConstraintMap["month"] = typeof(MonthConstraint));
        services.Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = true); // for UnhandledExceptionHandler
        services.AddScoringOpenApi();
        services.AddLogging(FrameworkLogFilters.Apply);
        services.AddCheck<CatalogueCheck>().AddCheck<IssuerCheck>();
        return services;
    }

    // Data Protection, which authentication adds, writes cookie keys to the home folder at start. Bearer tokens need no such keys.
    private static void RemoveKeyWriters(IServiceCollection services)
    {
        foreach (var keyWriter in services.Where(IsKeyWriter).ToArray()) services.Remove(keyWriter);

        static bool IsKeyWriter(ServiceDescriptor service) =>
            service.ServiceType == typeof(IHostedService)
            && service.ImplementationType?.Assembly == typeof(IDataProtectionBuilder).Assembly;
    }
}
