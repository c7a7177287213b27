using System.Text.Json.Nodes;
using Microsoft.OpenApi;
using Scoring.Intake;
using Scoring.Notices;

namespace Scoring.OpenApi;

/// <summary>Describes live notices, which are no JSON document, and the made-up event, which is read by hand and so has no type.</summary>
internal static class NoticeSchema
{
    private const string Stream =
        """
        retry: 2000
        id: 6-3

        event: queried
        id: 7-3
        data: {"id":"7-3","turn":7,"act":null,"kind":"queried","day":"2026-11-23","words":"City Parking Ltd asked for the score.","event":null,
        """;

    private const string Example = """{"type":"traffic.speeding","day":"2026-11-20","data":{"overLimitKmh":12}}""";

    /// <summary>The other form of the answer.</summary>
    public static void AddStream(OpenApiOperation operation) =>
        operation.Responses?["200"].Content?.Add(EventStream.MediaType, new OpenApiMediaType
        {
            Schema = new OpenApiSchema
            {
                Type = JsonSchemaType.String,
                Description =
                    "Server-sent events: each notice under its kind, with its id, as the same JSON as in a page. `withdrawn` ends "
                    + "it for good, `restarted` says that it goes on from the start.",
            },
            Example = Stream + "…}\n\n",
        });

    /// <summary>The body of a question.</summary>
    public static OpenApiRequestBody HypotheticalEvent() => new()
    {
        Required = true,
        Content = new Dictionary<string, OpenApiMediaType>
        {
            [EventContent.Json] = new() { Schema = Event(), Example = JsonNode.Parse(Example) },
        },
    };

    private static OpenApiSchema Event() => new()
    {
        Type = JsonSchemaType.Object,
        Required = new HashSet<string> { "type", "data" },
        Properties = new Dictionary<string, IOpenApiSchema>
        {
            ["type"] = new OpenApiSchema { Type = JsonSchemaType.String, Description = "An event type that the programme takes." },
            ["day"] = new OpenApiSchema
            {
                Type = JsonSchemaType.String | JsonSchemaType.Null, Format = "date", Description = "Its day; today when absent.",
            },
            ["data"] = new OpenApiSchema
            {
                Type = JsonSchemaType.Object,
                AdditionalProperties = new OpenApiSchema
                {
                    Type = JsonSchemaType.String | JsonSchemaType.Boolean | JsonSchemaType.Integer,
                    Description = "An attribute of the event type. Others are refused.",
                },
            },
        },
        AdditionalPropertiesAllowed = false,
    };
}
