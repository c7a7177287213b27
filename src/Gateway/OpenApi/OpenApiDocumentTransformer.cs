using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Scoring.OpenApi;

/// <summary>Sets the document's description and its security scheme.</summary>
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
            Description = "Consent-based scoring in a city's opt-in programmes. Every refusal is problem details (RFC 9457). Handles, "
                + "grants and secrets are in bodies, never in addresses.",
        };
        document.Servers?.Clear(); // the server's address would depend on the request
        document.Components ??= new OpenApiComponents();
        document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>
        {
            [Bearer] = new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.Http,
                Scheme = "bearer",
                BearerFormat = "JWT",
                Description = "An access token with the audience `scoring` and the route's role in the claim `roles`.",
            },
        };
        return Task.CompletedTask;
    }
}
