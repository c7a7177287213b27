using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Scoring.OpenApi;

/// <summary>Sets the document's description and its security scheme.</summary>
internal static class OpenApiDocumentTransformer
{
    /// <summary>The name of the security scheme.</summary>
    public const string Bearer = "bearer";

    private static readonly Dictionary<string, string> Tags = new()
    {
        ["About"] = "What answers here.",
        ["Health"] = "Whether the process runs and can answer.",
        ["Programmes"] = "What is published about each programme, for everyone.",
        ["Receipts"] = "The keys that verify receipts and archives.",
        ["Checkpoints"] = "The platform's Merkle logs, which anyone can check.",
        ["Events"] = "For sources: sending events.",
        ["Scores"] = "For services: querying a score with a participant's grant.",
        ["Me"] = "For participants: everything about one's own subjects.",
        ["Administration"] = "For administrators: programmes, registrations and contests. Most acts need several of them.",
        ["Audit"] = "For auditors: cases, histories and proofs. Every access is an entry that the participant sees.",
    };

    public static Task Apply(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellationToken)
    {
        document.Info = new OpenApiInfo
        {
            Title = "Scoring",
            Version = "1",
            Description = "Consent-based scoring in a city's opt-in programmes. Every refusal is problem details (RFC 9457). Handles, "
                + "grants and secrets are in bodies, never in addresses.",
        };
        // An address would depend on the request, so it is the one from which the document was read.
        document.Servers = [new OpenApiServer { Url = "/", Description = "The gateway that serves this document." }];
        foreach (var tag in document.Tags ?? new HashSet<OpenApiTag>())
            tag.Description = Tags[tag.Name!];
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
