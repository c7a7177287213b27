using System.Text.Json.Nodes;
using Microsoft.OpenApi;
using Scoring.Intake;

namespace Scoring.OpenApi;

/// <summary>Describes the bodies of drafts and registrations. The gateway passes them on; the platform checks their content.</summary>
internal static class AdminSchema
{
    private const string Draft =
        """
        {"programme":{"id":"safe-driver"},"ruleSet":{"number":2,"firstDay":"2027-01-01"},
         "assessment":{"affectedGroups":["Keepers of vehicles"],"reviewBy":"2027-10-01",
          "risks":[{"risk":"A sensor reports wrongly.","mitigation":"Whatever takes points can be contested."}]}}
        """;

    /// <summary>Describes the body of a route.</summary>
    public static OpenApiRequestBody Body(string path, bool isRegistration) => new()
    {
        Required = true,
        Description = isRegistration
            ? "A change of a registration: its `document` with `register`, otherwise its `id`."
            : "A draft: the programme's terms, its next rule set and the impact assessment, as docs/rules.md describes them.",
        Content = new Dictionary<string, OpenApiMediaType>
        {
            [EventContent.Json] = isRegistration
                ? new() { Schema = ChangeSchema(), Example = JsonNode.Parse(Example(path)) }
                : new() { Schema = DraftSchema(), Example = JsonNode.Parse(Draft) },
        },
    };

    /// <summary>Describes a draft with a made-up history.</summary>
    public static OpenApiRequestBody Workbench() => new()
    {
        Required = true,
        Description = "A draft with made-up events. They name no subject.",
        Content = new Dictionary<string, OpenApiMediaType>
        {
            [EventContent.Json] = new()
            {
                Schema = new OpenApiSchema
                {
                    Type = JsonSchemaType.Object,
                    Required = new HashSet<string> { "draft", "from", "to", "events" },
                    Properties = new Dictionary<string, IOpenApiSchema>
                    {
                        ["draft"] = DraftSchema(),
                        ["from"] = Day("The first day whose score is computed."),
                        ["to"] = Day("The last day whose score is computed."),
                        ["events"] = new OpenApiSchema
                        {
                            Type = JsonSchemaType.Array,
                            Items = NoticeSchema.HypotheticalEvent().Content![EventContent.Json].Schema,
                        },
                    },
                    AdditionalPropertiesAllowed = false,
                },
            },
        },
    };

    private static OpenApiSchema Day(string description) =>
        new() { Type = JsonSchemaType.String, Format = "date", Description = description };

    private static string Example(string path) => path switch
    {
        "v1/admin/event-types" =>
            """
            {"act":"register","document":{"name":"traffic.bike-trip","family":"traffic","origin":"initiated","context":"mobility",
             "description":"A trip on a shared bicycle.","attributes":[]}}
            """,
        "v1/admin/sources" => """{"act":"suspend","id":"https://traffic.city.example"}""",
        _ => """{"act":"end","id":"parking-desk"}""",
    };

    private static OpenApiSchema DraftSchema() => new()
    {
        Type = JsonSchemaType.Object,
        Required = new HashSet<string> { "programme", "ruleSet", "assessment" },
        Properties = new Dictionary<string, IOpenApiSchema>
        {
            ["programme"] = Object("The terms; `id` is the programme's name."),
            ["ruleSet"] = Object("The rule set; `number` is one more than the last published one's, or 1 for a new programme."),
            ["assessment"] = Object("The impact assessment: `affectedGroups`, `risks` each with a `mitigation`, `reviewBy`."),
        },
        AdditionalPropertiesAllowed = false,
    };

    private static OpenApiSchema ChangeSchema() => new()
    {
        Type = JsonSchemaType.Object,
        Required = new HashSet<string> { "act" },
        Properties = new Dictionary<string, IOpenApiSchema>
        {
            ["act"] = new OpenApiSchema { Enum = [.. new[] { "register", "suspend", "resume", "end" }.Select(w => (JsonNode)w)] },
            ["id"] = new OpenApiSchema { Type = JsonSchemaType.String, Description = "The registration's name; optional with a document." },
            ["document"] = Object("The registration's document; with `register` only."),
        },
        AdditionalPropertiesAllowed = false,
    };

    private static OpenApiSchema Object(string description) => new() { Type = JsonSchemaType.Object, Description = description };
}
