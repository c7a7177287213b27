using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using Scoring.Administration;
using Scoring.Intake;
using Scoring.Notices;
using Scoring.WhatIf;

namespace Scoring.OpenApi;

/// <summary>What is said of every route: its role, and the body of events.</summary>
internal static class OpenApiOperationTransformer
{
    private static readonly Dictionary<string, string> Parameters = new()
    {
        ["p"] = "The programme's name.",
        ["n"] = "The participant's ordinal of the subject, 0 to 31.",
        ["v"] = "The rule set's number.",
        ["month"] = "The month, `yyyy-MM`.",
        ["id"] = "The grant's opaque name; of a registration its name, of a source the base64url of its URI's UTF-8.",
        ["after"] = "Only what comes after this, as the page before says; absent for all.",
        ["case"] = "The contest's random name, 22 characters of base64url.",
        ["programme"] = "The programme's name.",
        ["below"] = "Only what is below this, exclusive, as the page before gave it; absent for the newest.",
        ["from"] = "For a stream: `start` for everything there is first; absent for what comes from now on. `Last-Event-ID` counts more.",
        ["Last-Event-ID"] = "For a stream: the id of the last notice there was; what comes after it is told.",
        ["count"] = "How many at most: 1 to 500, 100 when absent; of looks and notices 1 to 100, 50 when absent.",
    };

    private static readonly Dictionary<string, string> Statuses = new()
    {
        ["202"] = "Taken and durable; an administrator's act waits for another one, or is under way.",
        ["400"] = "The request is not of the form; each fault is named.",
        ["401"] = "A valid access token is needed.",
        ["403"] = "The token does not carry the role, or its bearer is not registered.",
        ["404"] = "There is nothing here, whatever the reason.",
        ["408"] = "The request took too long to arrive.",
        ["409"] = "It clashes with what is so now.",
        ["413"] = "It is larger than is taken.",
        ["415"] = "The content type is not taken.",
        ["422"] = "Its form is right, but what it names does not hold.",
        ["429"] = "The client is past its rate; see Retry-After.",
        ["503"] = "No answer now, nothing was taken for certain; see Retry-After.",
    };

    public static Task Apply(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        if (metadata.OfType<IAuthorizeData>().FirstOrDefault()?.Policy is { } role)
        {
            operation.Description = $"Role: `{role}`. {operation.Description}".TrimEnd();
            operation.Security =
            [
                new OpenApiSecurityRequirement
                    { [new OpenApiSecuritySchemeReference(OpenApiDocumentTransformer.Bearer, context.Document)] = [role] },
            ];
        }

        foreach (var parameter in operation.Parameters?.OfType<OpenApiParameter>() ?? [])
            parameter.Description = Parameters.GetValueOrDefault(parameter.Name ?? "");
        foreach (var response in operation.Responses ?? [])
            if (Statuses.TryGetValue(response.Key, out var meaning)) response.Value.Description = meaning;
        if (operation.RequestBody?.Content?.TryGetValue("application/json", out var json) == true)
            json.Example = Example(context.Description.RelativePath);
        if (metadata.OfType<CloudEventBodyMetadata>().Any()) operation.RequestBody = CloudEventSchema.Body();
        if (metadata.OfType<HypotheticalEventBodyMetadata>().Any()) operation.RequestBody = NoticeSchema.HypotheticalEvent();
        if (metadata.OfType<EventStreamRoute>().Any()) NoticeSchema.AddStream(operation);
        if (metadata.OfType<AdminBodyMetadata>().FirstOrDefault() is { } body)
            operation.RequestBody = AdminSchema.Body(context.Description.RelativePath ?? "", body.IsRegistration);
        return Task.CompletedTask;
    }

    private static JsonNode? Example(string? path) => path switch
    {
        "v1/scores/query" => new JsonObject { ["grant"] = "gEXAMPLE0123456789abcdefghijklmnopqrstuvwxy" },
        "v1/me/subjects" => new JsonObject
        {
            ["programme"] = "safe-driver",
            ["ruleSet"] = new string('0', 64),
            ["handleProofs"] = new JsonArray("eyJhbGciOiJFUzI1NiJ9.e30.c2lnbmF0dXJl"),
        },
        _ when path?.EndsWith("/grants", StringComparison.Ordinal) == true =>
            new JsonObject { ["service"] = "city-parking", ["until"] = "2027-01-01T00:00:00Z" },
        _ when path?.EndsWith("/approvals", StringComparison.Ordinal) == true => new JsonObject { ["hash"] = new string('0', 64) },
        _ when path?.EndsWith("/suspension", StringComparison.Ordinal) == true =>
            new JsonObject { ["reason"] = "A sensor was found to report speeds that are too high." },
        _ when path?.EndsWith("/contests", StringComparison.Ordinal) == true =>
            new JsonObject { ["turn"] = 17, ["ground"] = "wrong-value" },
        _ when path?.EndsWith("/material", StringComparison.Ordinal) == true => new JsonObject { ["ground"] = "not-mine" },
        _ when path?.EndsWith("/decision", StringComparison.Ordinal) == true =>
            new JsonObject { ["upheld"] = true, ["reason"] = "source-could-not-confirm" },
        _ => null,
    };
}
