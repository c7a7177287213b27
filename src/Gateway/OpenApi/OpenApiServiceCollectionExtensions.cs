using Microsoft.OpenApi;

namespace Scoring.OpenApi;

/// <summary>Registers the OpenAPI document.</summary>
internal static class OpenApiServiceCollectionExtensions
{
    /// <summary>Adds the document <c>v1</c>.</summary>
    public static void AddScoringOpenApi(this IServiceCollection services) => services.AddOpenApi("v1", options =>
    {
        options.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
        options.AddDocumentTransformer(OpenApiDocumentTransformer.Apply);
        options.AddSchemaTransformer(ContractSchemas.Apply);
        options.AddOperationTransformer(OpenApiOperationTransformer.Apply);
    });
}
