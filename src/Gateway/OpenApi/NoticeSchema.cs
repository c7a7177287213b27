using System.Text.Json.Nodes;
using Microsoft.OpenApi;
using Scoring.Intake;
using Scoring.Notices;

namespace Scoring.OpenApi;

/// <summary>
/// Describes the stream of notices, which is not JSON, and the hypothetical event, which the gateway reads without a type.
/// </summary>
internal static class NoticeSchema
{
    private const string Stream =
        """
        retry: 2000
        id: 6-3

        event: queried
        id: 7-3
        data: {"id":"7-3","turn":7,"act":null,"kind":"queried","day":"2026-11-23","words":"City Parking Ltd asked for the score.",
        """;

    private const string Example = """{"type":"traffic.speeding","day":"2026-11-20","data":{"overLimitKmh":12}}""";

    /// <summary>Adds the stream to the content types of the answer.</summary>
    public static void AddStream(OpenApiOperation operation) =>
        operation.Responses?["200"].Content?.Add(EventStream.MediaType, new OpenApiMediaType
        {
            Schema = new OpenApiSchema
            {
                Type = JsonSchemaType.String,
                Description =
                    "Server-sent events. The name of an event is the notice's kind; its data is the same JSON as in a page. `restarted` "
                    + "says that the stream begins again from the first notice; `withdrawn` is the last event of a subject.",
            },
            Example = Stream + "\"event\":null,…}\n\n",
        });

    /// <summary>Describes the body of a what-if request.</summary>
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
            ["type"] = new OpenApiSchema { Type = JsonSchemaType.String, Description = "An event type that the programme accepts." },
            ["day"] = new OpenApiSchema
            {
                Type = JsonSchemaType.String | JsonSchemaType.Null, Format = "date", Description = "The event's day; today when absent.",
            },
            ["data"] = new OpenApiSchema
            {
                Type = JsonSchemaType.Object,
                AdditionalProperties = new OpenApiSchema
                {
                    Type = JsonSchemaType.String | JsonSchemaType.Boolean | JsonSchemaType.Integer,
                    Description = "An attribute of the event type. Any other member is refused.",
                },
            },
        },
        AdditionalPropertiesAllowed = false,
    };
}
