using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using Scoring.Administration;
using Scoring.Intake;
using Scoring.Notices;
using Scoring.Scores;
using Scoring.WhatIf;

namespace Scoring.OpenApi;

/// <summary>Adds each operation's role, texts, example and the bodies that the gateway reads without a type.</summary>
internal static class OpenApiOperationTransformer
{
    private static readonly Dictionary<string, string> Parameters = new()
    {
        ["p"] = "The programme's name.",
        ["n"] = "The participant's ordinal of the subject, 0 to 31.",
        ["v"] = "The rule set's number.",
        ["month"] = "The month, `yyyy-MM`.",
        ["id"] = "The grant's or handle's opaque name, the registration's name, or the base64url of a source's URI in UTF-8.",
        ["after"] = "Only elements after this value of the previous page; absent for the first page.",
        ["number"] = "The checkpoint's number.",
        ["to"] = "The number of the later checkpoint.",
        ["draw"] = "The draw's opaque name, 22 characters of base64url.",
        ["case"] = "The contest's random name, 22 characters of base64url.",
        ["programme"] = "The programme's name.",
        ["below"] = "Only elements below this value of the previous page, exclusive; absent for the newest.",
        ["from"] = "For a stream: `start` to begin with the first notice; absent to begin now. `Last-Event-ID` takes precedence.",
        ["Last-Event-ID"] = "For a stream: the id of the last notice received; the stream continues after it.",
        ["count"] = "The maximum number of elements: 1 to 500, default 100; for accesses and notices 1 to 100, default 50; "
            + "for days 1 to 400, default 90.",
    };

    private static readonly Dictionary<string, string> Statuses = new()
    {
        ["202"] = "The request is accepted and durable; an administrator's act waits for another administrator, or is running.",
        ["400"] = "The request does not have the required form; the answer lists the errors.",
        ["401"] = "A valid access token is required.",
        ["403"] = "The token lacks the role, or its bearer is not registered or not permitted.",
        ["404"] = "Nothing was found; the answer is the same for every reason.",
        ["408"] = "The request took too long to arrive.",
        ["409"] = "The request conflicts with the current state.",
        ["413"] = "The request is larger than the limit.",
        ["415"] = "The content type or coding is not supported.",
        ["422"] = "The request has the required form, but what it names does not exist or is not valid.",
        ["429"] = "The client sent too many requests; see Retry-After.",
        ["503"] = "The platform cannot answer now, and may not have accepted the request; see Retry-After.",
    };

    public static Task Apply(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        operation.Security = []; // which says that the operation is public
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
            parameter.Description = DescribeParameter(context.Description.RelativePath, parameter.Name ?? "");
        foreach (var response in operation.Responses ?? [])
            if (Statuses.TryGetValue(response.Key, out var description)) response.Value.Description = description;
        if (operation.RequestBody?.Content?.TryGetValue("application/json", out var json) == true)
            json.Example = Example(context.Description.RelativePath);
        if (metadata.OfType<CloudEventBodyMetadata>().FirstOrDefault() is { } events)
            operation.RequestBody = events.IsOne ? CloudEventSchema.OneEvent() : CloudEventSchema.Body();
        if (metadata.OfType<HypotheticalEventBodyMetadata>().Any()) operation.RequestBody = NoticeSchema.HypotheticalEvent();
        if (metadata.OfType<EventStreamRoute>().Any()) NoticeSchema.AddStream(operation);
        if (metadata.OfType<AdminBodyMetadata>().FirstOrDefault() is { } body)
            operation.RequestBody = AdminSchema.Body(context.Description.RelativePath ?? "", body.IsRegistration);
        return Task.CompletedTask;
    }

    // The route of notices has a parameter of the same name with another meaning.
    private static string? DescribeParameter(string? path, string name) => (path, name) is ("v1/checkpoints/consistency", "from")
        ? "The number of the earlier checkpoint."
        : Parameters.GetValueOrDefault(name);

    private static JsonNode? Example(string? path) => path switch
    {
        "v1/scores/query" => new JsonObject { ["grant"] = "gEXAMPLE0123456789abcdefghijklmnopqrstuvwxy" },
        "v1/scores/query/test" => new JsonObject { ["grant"] = ServiceTestGrants.TierPrefix + "baseline" },
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
