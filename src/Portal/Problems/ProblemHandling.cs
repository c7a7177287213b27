using Microsoft.AspNetCore.Diagnostics;
using Scoring.Client;
using Scoring.SignIn;

namespace Scoring.Problems;

/// <summary>Answers with a page where something went wrong. Nothing about a person is logged: only the type of a surprise.</summary>
internal static partial class ProblemHandling
{
    public static void UseProblemPages(this WebApplication app)
    {
        app.UseExceptionHandler(new ExceptionHandlerOptions
        {
            ExceptionHandler = Handle, SuppressDiagnosticsCallback = _ => true, AllowStatusCode404Response = true,
        });
        app.UseStatusCodePages(context =>
            PortalProblem.OfStatus(context.HttpContext.Response.StatusCode).Result().ExecuteAsync(context.HttpContext));
    }

    private static Task Handle(HttpContext context)
    {
        var exception = context.Features.Get<IExceptionHandlerFeature>()!.Error;
        var problem = PortalProblem.Of(exception);
        if (problem == PortalProblem.SessionOver) return SessionEnd.Show(context);
        if (problem.Status == StatusCodes.Status500InternalServerError)
        {
            var logger = context.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger("Scoring.Portal");
            LogSurprise(logger, exception.GetType().Name, (exception as ScoringProblemException)?.Kind ?? "", Place(exception));
        }
        return problem.Result().ExecuteAsync(context);
    }

    private static string Place(Exception exception) =>
        exception.StackTrace?.Split('\n').FirstOrDefault(line => line.Contains("Scoring.", StringComparison.Ordinal))?.Trim() ?? "";

    [LoggerMessage(EventId = 6001, Level = LogLevel.Error, Message = "A page failed: {Exception} {Kind} {Place}")]
    private static partial void LogSurprise(ILogger logger, string exception, string kind, string place);
}
