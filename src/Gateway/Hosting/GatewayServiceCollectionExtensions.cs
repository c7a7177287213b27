using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http.Timeouts;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Scoring.AccessLog;
using Scoring.Administration;
using Scoring.Audit;
using Scoring.Authentication;
using Scoring.Checkpoints;
using Scoring.Contests;
using Scoring.Enrolments;
using Scoring.Exports;
using Scoring.Grants;
using Scoring.Handles;
using Scoring.Intake;
using Scoring.Limits;
using Scoring.Notices;
using Scoring.OpenApi;
using Scoring.Problems;
using Scoring.Programmes;
using Scoring.Receipts;
using Scoring.Scores;
using Scoring.Simulation;
using Scoring.Statistics;
using Scoring.Ticks;
using Scoring.WhatIf;

namespace Scoring.Hosting;

/// <summary>The HTTP face as a library: beside a silo, or in a process of its own.</summary>
public static class GatewayServiceCollectionExtensions
{
    /// <summary>
    /// Adds everything the HTTP face needs but an <see cref="IGrainFactory"/>. Reads the sections <see cref="GatewayLimits.Section"/> and
    /// <see cref="TokenOptions.Section"/>.
    /// </summary>
    public static IServiceCollection AddScoringGateway(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<GatewayLimits>().Bind(configuration.GetSection(GatewayLimits.Section))
            .ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<TokenOptions>().Bind(configuration.GetSection(TokenOptions.Section))
            .ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<IValidateOptions<TokenOptions>, TokenKeys>();
        services.TryAddSingleton(TimeProvider.System);

        services.AddAuthentication(JwtBearerDefaults.AuthenticationScheme).AddJwtBearer();
        WriteNoKeys(services);
        services.AddSingleton<IConfigureOptions<JwtBearerOptions>, BearerTokens>();
        services.AddAuthorizationBuilder().AddRoles();

        services.AddRateLimiter(_ => { }).AddSingleton<IConfigureOptions<RateLimiterOptions>, RequestRateLimits>();
        services.AddRequestTimeouts().AddSingleton<IConfigureOptions<RequestTimeoutOptions>, RequestTimeouts>();
        services.AddSingleton<IConfigureOptions<KestrelServerOptions>, KestrelLimits>();

        services.AddSingleton<ResponseTicks>();
        services.AddSingleton<NoticeStreamLimiter>();
        services.AddSingleton<ArchiveFormat>().AddSingleton<ExportLimiter>().AddSingleton<HistoryDependencies>();
        services.AddSingleton<CatalogueCache>().AddHostedService(provider => provider.GetRequiredService<CatalogueCache>());
        services.AddExceptionHandler<UnhandledExceptionHandler>();
        services.ConfigureHttpJsonOptions(options => GatewayJson.Apply(options.SerializerOptions));
        services.Configure<RouteOptions>(options => options.ConstraintMap["programme"] = typeof(ProgrammeConstraint));
        services.Configure<RouteOptions>(options => options.ConstraintMap["month"] = typeof(MonthConstraint));
        services.Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = true); // Surprises turns it into a problem
        services.AddScoringOpenApi();
        services.AddLogging(FrameworkLogFilters.Apply);
        return services;
    }

    /// <summary>Puts the HTTP face into the pipeline. What it does not serve is 404: a host adds its own middleware before.</summary>
    public static WebApplication MapScoringGateway(this WebApplication app)
    {
        app.UseMiddleware<HeadRequestMiddleware>();
        app.Use(SecurityHeaders.Apply);
        app.UseExceptionHandler(_ => { });
        app.UseStatusCodePages(context =>
            new ProblemResult(Problem.OfStatus(context.HttpContext.Response.StatusCode)).ExecuteAsync(context.HttpContext));
        app.UseRouting();
        app.UseUnmatchedRoutes();
        app.UseRequestTimeouts();
        app.UseAuthentication();
        app.UseRateLimiter();
        app.UseAuthorization();
        app.Use(SmallBodyMetadata.Apply);

        app.MapHealth();
        app.MapProgrammes();
        app.MapEvents();
        app.MapContestedEvents();
        app.MapScores();
        var me = Caller.For(app.MapGroup("/v1/me/subjects"), Roles.Participant).WithTags("Me");
        me.MapSubjects();
        me.MapGrants();
        me.MapRestriction();
        me.MapHandles();
        me.MapAccessLog();
        me.MapContests();
        me.MapNotices();
        me.MapWhatIf();
        me.MapExport();
        me.MapAuditCodes();
        app.MapRecord();
        app.MapStatistics();
        app.MapReceipts();
        app.MapCheckpoints();
        var admin = Caller.For(app.MapGroup("/v1/admin"), Roles.Administrator).WithTags("Administration");
        admin.MapProgrammeAdmin();
        admin.MapSimulations();
        admin.MapRegistrations();
        admin.MapCases();
        Caller.For(app.MapGroup("/v1/audit"), Roles.Auditor).WithTags("Audit").MapAudit();
        app.MapScoringOpenApi();
        return app;
    }

    // Authentication brings along cookie keys that are written to the home folder at start. Bearer tokens need none.
    private static void WriteNoKeys(IServiceCollection services)
    {
        foreach (var eager in services.Where(IsKeyWriter).ToArray()) services.Remove(eager);

        static bool IsKeyWriter(ServiceDescriptor service) =>
            service.ServiceType == typeof(IHostedService)
            && service.ImplementationType?.Assembly == typeof(IDataProtectionBuilder).Assembly;
    }
}
