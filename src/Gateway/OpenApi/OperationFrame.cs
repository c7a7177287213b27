using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using Scoring.Events;

namespace Scoring.OpenApi;

/// <summary>What is said of every route: its role, and the body of events.</summary>
internal static class OperationFrame
{
    public static Task Apply(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellation)
    {
        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        if (metadata.OfType<IAuthorizeData>().FirstOrDefault()?.Policy is { } role)
        {
            operation.Description = $"Role: `{role}`. {operation.Description}".TrimEnd();
            operation.Security =
            [
                new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(DocumentFrame.Bearer, context.Document)] = [role] },
            ];
        }

        if (metadata.OfType<CloudEventBody>().Any()) operation.RequestBody = CloudEventSchema.Body();
        return Task.CompletedTask;
    }
}
