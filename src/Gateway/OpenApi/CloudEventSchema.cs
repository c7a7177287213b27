using System.Text.Json.Nodes;
using Microsoft.OpenApi;
using Scoring.Intake;

namespace Scoring.OpenApi;

/// <summary>Describes bodies of events, which the gateway reads without a type.</summary>
internal static class CloudEventSchema
{
    private const string Example =
        """
        {"specversion":"1.0","id":"7f3c1d20","source":"urn:example:camera-7","type":"traffic.speeding","time":"2026-11-23T08:15:00+01:00",
         "data":{"programme":"safe-driver","handle":"q7Jw0yF3t5Zk1xLm","overLimitKmh":12}}
        """;

    /// <summary>Describes the body in the three modes: structured, batch and binary.</summary>
    public static OpenApiRequestBody Body() => new()
    {
        Required = true,
        Description = "CloudEvents 1.0. In binary mode the attributes are in `ce-` headers and the body is the data.",
        Content = new Dictionary<string, OpenApiMediaType>
        {
            [EventContent.Structured] = new() { Schema = Event(), Example = JsonNode.Parse(Example) },
            [EventContent.Batch] = new()
            {
                Schema = new OpenApiSchema { Type = JsonSchemaType.Array, Items = Event() },
                Example = new JsonArray(JsonNode.Parse(Example)),
            },
            [EventContent.Json] = new() { Schema = Data(), Example = JsonNode.Parse(Example)!["data"]!.DeepClone() },
        },
    };

    /// <summary>Describes a body of one event in structured mode.</summary>
    public static OpenApiRequestBody OneEvent() => new()
    {
        Required = true,
        Description = "One event of CloudEvents 1.0 in structured mode.",
        Content = new Dictionary<string, OpenApiMediaType>
        {
            [EventContent.Structured] = new() { Schema = Event(), Example = JsonNode.Parse(Example) },
        },
    };

    private static OpenApiSchema Event() => new()
    {
        Type = JsonSchemaType.Object,
        Required = new HashSet<string> { "specversion", "id", "source", "type", "time" },
        Properties = new Dictionary<string, IOpenApiSchema>
        {
            ["specversion"] = new OpenApiSchema { Const = "1.0" },
            ["id"] = Text("1 to 256 bytes without control characters; together with the source it identifies the event permanently."),
            ["source"] = Text("The source that the token names."),
            ["type"] = Text("An event type of the source's family."),
            ["time"] = Text("When the event happened, with offset (RFC 3339); only its day is kept.", "date-time"),
            ["subject"] = Text("Accepted and discarded."),
            ["dataschema"] = Text("Accepted and discarded.", "uri"),
            ["datacontenttype"] = Text("A JSON media type."),
            ["data"] = Data(),
            ["data_base64"] = Text("The data as base64 of JSON, instead of `data`."),
        },
        AdditionalProperties = new OpenApiSchema
        {
            Type = JsonSchemaType.String | JsonSchemaType.Boolean | JsonSchemaType.Integer | JsonSchemaType.Null,
            Description = "An extension attribute, named with a-z and 0-9: accepted and discarded.",
        },
    };

    private static OpenApiSchema Data() => new()
    {
        Type = JsonSchemaType.Object,
        Required = new HashSet<string> { "programme", "handle" },
        Properties = new Dictionary<string, IOpenApiSchema>
        {
            ["programme"] = Text("A published programme that accepts the event type."),
            ["handle"] = new OpenApiSchema { Type = JsonSchemaType.String, Pattern = "^[A-Za-z0-9_-]{16,128}$" },
        },
        AdditionalProperties = new OpenApiSchema
        {
            Type = JsonSchemaType.String | JsonSchemaType.Boolean | JsonSchemaType.Integer,
            Description = "An attribute of the event type. Any other member is refused.",
        },
    };

    private static OpenApiSchema Text(string description, string? format = null) =>
        new() { Type = JsonSchemaType.String, Description = description, Format = format };
}
