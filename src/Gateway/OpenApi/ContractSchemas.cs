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

/// <summary>Corrects the schemas of types whose JSON differs from their C# shape.</summary>
internal static class ContractSchemas
{
    private static readonly Type[] Requests =
    [
        typeof(EnrolRequest), typeof(GrantRequest), typeof(HandleLinkRequest), typeof(ScoreQueryRequest), typeof(ApprovalRequest),
        typeof(SuspensionRequest), typeof(ContestRequest), typeof(MaterialRequest), typeof(DecisionRequest), typeof(WitnessRequest),
        typeof(AuditCaseRequest), typeof(HistoryRequest), typeof(RecomputationRequest), typeof(DrawRequest), typeof(RecordProofRequest),
        typeof(LedgerArchiveRequest), typeof(AuditCodeRequest), typeof(DraftApprovalRequest),
    ];

    private static readonly Type?[] Stored = [typeof(HistoryEntry), typeof(Notice)];
    private static readonly string[] Optional = ["detail", "errors", "errorsTotal", "index", "problems"];

    public static Task Apply(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancellationToken)
    {
        var type = context.JsonTypeInfo.Type;
        if (!Requests.Contains(type)) schema.AdditionalProperties = null; // a later version may add members to answers
        if (schema.AdditionalProperties is null) schema.AdditionalPropertiesAllowed = true;
        DescribeValue(schema, type);
        DescribeRules(schema, type);
        SetRequired(schema, type);
        DescribeDocument(schema, context);
        return Task.CompletedTask;
    }

    private static void DescribeValue(OpenApiSchema schema, Type type)
    {
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
        else if (type == typeof(ApprovalRequest) || type == typeof(DraftApprovalRequest))
        {
            foreach (var property in schema.Properties?.Values.OfType<OpenApiSchema>() ?? []) property.Pattern = "^[0-9a-f]{64}$";
        }
    }

    private static void DescribeRules(OpenApiSchema schema, Type type)
    {
        if (type == typeof(Condition))
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
        else if (type == typeof(ImmutableArray<FactorTableHash>))
        {
            schema.Type = JsonSchemaType.Object;
            schema.Description = "SHA-256 of the fading table of each half-life in days, `{\"30\":\"…\"}`.";
        }
    }

    private static void SetRequired(OpenApiSchema schema, Type type)
    {
        if (type == typeof(Rule)) schema.Required?.Remove("when");
        if (type == typeof(RuleSet))
        {
            schema.Required?.Remove("corrections");
            schema.Required?.Remove("factorTables");
        }
        if (type != typeof(ProblemDocument) && type != typeof(Fault)) return;
        foreach (var optional in Optional)
            if (optional != "detail" || type == typeof(ProblemDocument)) schema.Required?.Remove(optional);
    }

    private static void DescribeDocument(OpenApiSchema schema, OpenApiSchemaTransformerContext context)
    {
        if (context.JsonPropertyInfo is not { } property) return;
        if (property.Name == "details" && property.DeclaringType == typeof(RecordedAdminAction))
            SetObject(schema, true, "Numbers that belong to the act; its members depend on the act.");
        if (context.JsonTypeInfo.Type != typeof(byte[])) return;
        if (property.Name == "data" && property.DeclaringType == typeof(EventNotice))
            SetObject(schema, false, "The event's attributes as they are stored.");
        else if (Stored.Contains(property.DeclaringType))
            SetObject(schema, true, "The entry's body as it is stored and hashed; its members depend on the kind.");
        else
            SetObject(schema, property.IsGetNullable, "The document in JSON, as it was sent or in canonical form.");
    }

    private static void SetObject(OpenApiSchema schema, bool nullable, string description)
    {
        schema.Type = nullable ? JsonSchemaType.Object | JsonSchemaType.Null : JsonSchemaType.Object;
        schema.Format = null;
        schema.Description = description;
    }
}
