using System.Collections.Immutable;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using Scoring.Administration;
using Scoring.Audit;
using Scoring.Checkpoints;
using Scoring.Contests;
using Scoring.Enrolments;
using Scoring.Grants;
using Scoring.Handles;
using Scoring.Notices;
using Scoring.Problems;
using Scoring.Programmes;
using Scoring.Rules;
using Scoring.Scores;

namespace Scoring.OpenApi;

/// <summary>Schemas of what is written otherwise than its type says.</summary>
internal static class ContractSchemas
{
    private static readonly Type[] Requests =
    [
        typeof(EnrolRequest), typeof(GrantRequest), typeof(HandleLinkRequest), typeof(ScoreQueryRequest), typeof(ApprovalRequest),
        typeof(SuspensionRequest),
        typeof(ContestRequest), typeof(MaterialRequest), typeof(DecisionRequest), typeof(WitnessRequest),
        typeof(AuditCaseRequest), typeof(HistoryRequest), typeof(RecomputationRequest), typeof(DrawRequest), typeof(RecordProofRequest),
        typeof(LedgerArchiveRequest), typeof(AuditCodeRequest),
    ];

    private static readonly Type?[] Stored = [typeof(HistoryEntry), typeof(Notice)];
    private static readonly string[] Optional = ["detail", "errors", "errorsTotal", "index", "problems"];

    public static Task Apply(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancellationToken)
    {
        var type = context.JsonTypeInfo.Type;
        if (!Requests.Contains(type)) schema.AdditionalProperties = null; // answers may grow
        if (schema.AdditionalProperties is null) schema.AdditionalPropertiesAllowed = true;
        if (type == typeof(ProgrammeId))
        {
            schema.Type = JsonSchemaType.String;
            schema.Pattern = "^[a-z][a-z0-9]*(-[a-z0-9]+)*$";
            schema.MinLength = 2;
            schema.MaxLength = 63;
        }
        else if (type == typeof(DateTimeOffset) || type == typeof(DateTimeOffset?))
        {
            schema.Type = JsonSchemaType.String | (type == typeof(DateTimeOffset) ? 0 : JsonSchemaType.Null);
            schema.Format = "date-time";
        }
        else if (type == typeof(CasePlace) || type == typeof(CasePlace?))
        {
            schema.Type = JsonSchemaType.String | (type == typeof(CasePlace) ? 0 : JsonSchemaType.Null);
            schema.Properties = null;
            schema.Required = null;
            schema.Pattern = @"^\d{4}-\d{2}-\d{2}\.\d{1,19}$";
        }
        else if (type == typeof(Condition))
        {
            schema.Type = JsonSchemaType.Object;
            schema.Description = "`{all:[…]}`, `{any:[…]}`, `{not:…}`, `{attribute, oneOf:[…]}` for codes, and for integers "
                + "`{attribute, atLeast:n}` or equalTo, lessThan, atMost, moreThan.";
        }
        else if (type == typeof(Points))
        {
            schema.Type = JsonSchemaType.Integer | JsonSchemaType.Object;
            schema.Description = "An integer for every event, or `{by, rows:{value:n}}` by the value of the attribute `by`.";
        }
        else if (type == typeof(Rule))
        {
            schema.Required?.Remove("when");
        }
        else if (type == typeof(RuleSet))
        {
            schema.Required?.Remove("corrections");
            schema.Required?.Remove("factorTables");
        }
        else if (type == typeof(ImmutableArray<FactorTableHash>))
        {
            schema.Type = JsonSchemaType.Object;
            schema.Description = "SHA-256 of the fading table of each half-life in days, `{\"30\":\"…\"}`.";
        }
        else if (type == typeof(ProblemDocument) || type == typeof(Fault))
        {
            foreach (var optional in Optional)
                if (optional != "detail" || type == typeof(ProblemDocument)) schema.Required?.Remove(optional);
        }
        else if (type == typeof(ApprovalRequest))
        {
            if (schema.Properties?["hash"] is OpenApiSchema hash) hash.Pattern = "^[0-9a-f]{64}$";
        }
        else if (type == typeof(byte[]) && context.JsonPropertyInfo is { Name: "data" } data && data.DeclaringType == typeof(EventNotice))
        {
            Document(schema, false, "The event's attributes as they are stored.");
        }
        else if (type == typeof(byte[]) && context.JsonPropertyInfo is { } property && !Stored.Contains(property.DeclaringType))
        {
            Document(schema, property.IsGetNullable, "The document in JSON, as it was given or in canonical form.");
        }
        else if (context.JsonPropertyInfo is { Name: "details" } details && details.DeclaringType == typeof(RecordedAdminAction))
        {
            Document(schema, true, "Numbers that belong to the act; its members depend on the act.");
        }
        else if (type == typeof(byte[]) && Stored.Contains(context.JsonPropertyInfo?.DeclaringType))
        {
            Document(schema, true, "The entry's body as it is stored and hashed; its members depend on the kind.");
        }

        return Task.CompletedTask;
    }

    private static void Document(OpenApiSchema schema, bool nullable, string description)
    {
        schema.Type = nullable ? JsonSchemaType.Object | JsonSchemaType.Null : JsonSchemaType.Object;
        schema.Format = null;
        schema.Description = description;
    }
}
