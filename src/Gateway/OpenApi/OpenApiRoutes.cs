using Microsoft.OpenApi;
using Scalar.AspNetCore;

namespace Scoring.OpenApi;

/// <summary>The document that describes the HTTP face, and a page to read it with.</summary>
internal static class OpenApiRoutes
{
    /// <summary>Adds the document.</summary>
    public static void AddScoringOpenApi(this IServiceCollection services) => services.AddOpenApi("v1", options =>
    {
        options.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
        options.AddDocumentTransformer(OpenApiDocumentTransformer.Apply);
        options.AddSchemaTransformer(ContractSchemas.Apply);
        options.AddOperationTransformer(OpenApiOperationTransformer.Apply);
    });

    /// <summary>Serves both; the page brings its script along and asks nobody else for anything.</summary>
    public static void MapScoringOpenApi(this IEndpointRouteBuilder app)
    {
        app.MapOpenApi("/openapi/{documentName}.json").AllowAnonymous();
        app.MapScalarApiReference("/docs", options =>
        {
            options.Title = "Scoring";
            options.Telemetry = false;
            options.DefaultFonts = false;
            options.ProxyUrl = null;
            options.DisableAgent();
        }).AllowAnonymous();
    }
}
