using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Scoring.OpenApi;

/// <summary>What stands around the routes.</summary>
internal static class OpenApiDocumentTransformer
{
    /// <summary>The name of the security scheme.</summary>
    public const string Bearer = "bearer";

    public static Task Apply(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellationToken)
    {
        document.Info = new OpenApiInfo
        {
            Title = "Scoring",
            Version = "1",
            Description = "Consent-based scoring in a city's opt-in programmes. Every refusal is problem details (RFC 9457); handles, "
                + "grants and secrets stand in bodies, never in addresses.",
        };
        document.Servers?.Clear(); // where it is served from depends on the request
        document.Components ??= new OpenApiComponents();
        document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>
        {
            [Bearer] = new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.Http,
                Scheme = "bearer",
                BearerFormat = "JWT",
                Description = "An access token with audience `scoring` and, in the claim `roles`, the role that the route names.",
            },
        };
        return Task.CompletedTask;
    }
}
