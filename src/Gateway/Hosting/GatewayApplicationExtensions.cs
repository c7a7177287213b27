using Scoring.About;
using Scoring.AccessLog;
using Scoring.Administration;
using Scoring.Audit;
using Scoring.Authentication;
using Scoring.Checkpoints;
using Scoring.Contests;
using Scoring.Editing;
using Scoring.Enrolments;
using Scoring.Exports;
using Scoring.Grants;
using Scoring.Handles;
using Scoring.Inbox;
using Scoring.Incidents;
using Scoring.Intake;
using Scoring.Limits;
using Scoring.Metrics;
using Scoring.Notices;
using Scoring.OpenApi;
using Scoring.Problems;
using Scoring.Programmes;
using Scoring.Receipts;
using Scoring.Scores;
using Scoring.SetAside;
using Scoring.Signals;
using Scoring.Simulation;
using Scoring.Statistics;
using Scoring.WhatIf;

namespace Scoring.Hosting;

/// <summary>Adds the HTTP API to the request pipeline.</summary>
public static class GatewayApplicationExtensions
{
    /// <summary>
    /// Adds the middleware and the routes. Every address without a route is 404, so a host adds its own middleware before.
    /// </summary>
    public static WebApplication MapScoringGateway(this WebApplication app)
    {
        if (TelemetryOptions.IsTracing(app.Configuration)) app.Use(RequestSpan.Apply);
        app.Use(RequestMetrics.Apply);
        app.UseForwardedHeaders();
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
        app.Use(WitnessBodyMetadata.Apply);
        MapRoutes(app);
        return app;
    }

    private static void MapRoutes(WebApplication app)
    {
        app.MapAbout();
        app.MapHealth();
        app.MapProgrammes();
        app.MapEvents();
        app.MapEventValidation();
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
        app.MapReports();
        app.MapStatistics();
        app.MapReceipts();
        app.MapCheckpoints();
        var admin = Caller.For(app.MapGroup("/v1/admin"), Roles.Administrator).WithTags("Administration");
        admin.MapProgrammeAdmin();
        admin.MapEditing();
        admin.MapIncidents();
        admin.MapSetAside();
        admin.MapSimulations();
        admin.MapRegistrations();
        admin.MapCases();
        admin.MapAdminInbox();
        var audit = Caller.For(app.MapGroup("/v1/audit"), Roles.Auditor).WithTags("Audit");
        audit.MapAudit();
        audit.MapAuditInbox();
        app.MapScoringOpenApi();
    }
}
