namespace Scoring.Pages;

/// <summary>Serves the style sheet, which is part of the assembly.</summary>
internal static class StyleRoutes
{
    public static void MapStyle(this IEndpointRouteBuilder app)
    {
        app.MapGet("/style.css", () => Results.Stream(
            typeof(StyleRoutes).Assembly.GetManifestResourceStream("style.css")!, "text/css; charset=utf-8"));
        app.MapGet("/favicon.ico", () => Results.NoContent());
    }
}
