using Scalar.AspNetCore;

namespace Scoring.OpenApi;

/// <summary>Routes of the OpenAPI document and of a page to read it with.</summary>
internal static class OpenApiRoutes
{
    /// <summary>Serves both. The page brings its own script and loads nothing from another host.</summary>
    public static void MapScoringOpenApi(this IEndpointRouteBuilder app)
    {
        app.MapOpenApi("/openapi/{documentName}.json").AllowAnonymous();
        app.MapScalarApiReference("/docs", options =>
        {
            options.Title = "Scoring";
            options.Telemetry = false;
            options.DefaultFonts = false;
            options.ProxyUrl = null;
            options.DisableAgent().DisableMcp().HideDeveloperTools();
            options.HideClientButton = true;
            options.AddPreferredSecuritySchemes(OpenApiDocumentTransformer.Bearer);
        }).AllowAnonymous();
    }
}
