using System.Globalization;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http.Features;
using Scoring.Client;
using Scoring.SignIn;
using Scoring.Subjects;

namespace Scoring.Exports;

/// <summary>Hands a participant's archive through, as it comes from the platform. The portal keeps no part of it.</summary>
internal static class ArchiveDownloadRoutes
{
    private const string PathEnd = "/export/archive";

    public static void MapExport(this IEndpointRouteBuilder app) =>
        app.MapPost("/my/{programme}/{ordinal:int:range(0,31)}" + PathEnd, Download)
            .RequireAuthorization(new AuthorizeAttribute { Roles = SignInRoles.Participant })
            .WithMetadata(new RequireAntiforgeryTokenAttribute());

    /// <summary>Returns the address to which the form posts.</summary>
    public static string PathTo(string root) => root + PathEnd;

    private static async Task<IResult> Download(
        string programme, int ordinal, HttpContext context, CurrentSession session, ScoringClient client)
    {
        var exporting = session.Required.Exporting;
        if (!await exporting.WaitAsync(TimeSpan.Zero, context.RequestAborted))
            return Results.LocalRedirect($"{SubjectPage.PathOf(programme, ordinal)}/export?outcome=under-way");
        try
        {
            await Stream(client.Subjects.Of(programme, ordinal), context);
            return Results.Empty;
        }
        finally
        {
            exporting.Release();
        }
    }

    private static async Task Stream(SubjectClient subject, HttpContext context)
    {
        var response = context.Response;
        var view = await subject.Find(context.RequestAborted); // a stranger's subject is a page that does not exist
        context.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        response.ContentType = "application/zip";
        response.Headers.ContentDisposition = string.Create(
            CultureInfo.InvariantCulture, $"attachment; filename=\"{view.Programme}-{view.Ordinal}.zip\"");
        try
        {
            await subject.Export(response.Body, context.RequestAborted);
        }
        catch (Exception) when (response.HasStarted)
        {
            // An archive that is cut off must not look like a whole one, so the browser has to see a broken connection.
            context.Abort();
        }
    }
}
