using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using System.Web;

namespace Scoring.Client.Tests.Requests;

/// <summary>Holds the client equal to <c>docs/openapi.json</c>, in both directions.</summary>
public sealed class OperationTests
{
    public static TheoryData<string> Calls => [.. OperationCall.All.Where(IsAwaited).Select(call => call.ToString()).Distinct()];

    [Fact]
    public void Every_operation_has_a_method() =>
        OperationCall.All.Select(call => call.Operation.Id).Distinct().Order(StringComparer.Ordinal)
            .ShouldBe(ApiDocument.Operations.Select(operation => operation.Id).Order(StringComparer.Ordinal));

    [Fact]
    public void Every_public_method_of_a_group_names_its_operation() =>
        (from type in typeof(ScoringClient).GetProperties().Select(property => property.PropertyType).Append(typeof(SubjectClient))
         where type.Name.EndsWith("Client", StringComparison.Ordinal)
         from method in type.GetMethods()
         where method.DeclaringType == type && method.ReturnType != typeof(SubjectClient) && !method.IsSpecialName
         where OperationCall.All.All(call => call.Method != method)
         select $"{type.Name}.{method.Name}").ShouldBeEmpty();

    [Theory, MemberData(nameof(Calls))]
    public async Task A_method_sends_the_request_of_its_operation(string name)
    {
        var call = OperationCall.All.First(call => call.ToString() == name);
        var (request, _) = await call.Run(AnswerOf(call, isFull: true));
        var path = request.Address.AbsolutePath;
        ApiDocument.Operations.Where(operation => operation.IsAt(request.Method, path))
            .MinBy(operation => operation.Path.Count(character => character == '{'))!.Id.ShouldBe(call.Operation.Id, path);
        HttpUtility.ParseQueryString(request.Address.Query).AllKeys.Order()
            .ShouldBe(call.Operation.Query.Except(["from"]).Concat(call.Operation.Id == "readConsistency" ? ["from"] : []).Order());
        if (call.Operation.Bodies is null) request.Body.ShouldBeNull();
        else if (request.Body is not "[]" and not "" && !call.IsEvents)
        {
            var sample = ApiDocument.Sample(call.Operation.Bodies.First().Value!["schema"]!);
            JsonNode.DeepEquals(JsonNode.Parse(request.Body!), sample).ShouldBeTrue(request.Body);
        }
    }

    [Theory, MemberData(nameof(Calls))]
    public async Task An_answer_is_read_with_every_member(string name)
    {
        var call = OperationCall.All.First(call => call.ToString() == name);
        if (AnswerOf(call, isFull: true) is not { } answer) return;
        var (_, result) = await call.Run(answer);
        if (result is null or string) return;
        JsonNode.DeepEquals(JsonSerializer.SerializeToNode(result, ScoringJson.Options), answer)
            .ShouldBeTrue($"{JsonSerializer.Serialize(result, ScoringJson.Options)}\n{answer.ToJsonString()}");
        await call.Run(AnswerOf(call, isFull: false));
    }

    [Fact]
    public void Every_schema_has_a_record_with_its_members()
    {
        var schemas = ApiDocument.Schemas.Where(schema => schema.Value!["properties"] is not null).ToArray();
        schemas.Length.ShouldBeGreaterThan(80);
        foreach (var (name, schema) in schemas)
        {
            var type = typeof(ScoringClient).Assembly.GetType($"Scoring.Client.{name}").ShouldNotBeNull($"there is no record {name}");
            var members = ScoringJson.Options.GetTypeInfo(type).Properties;
            members.Select(member => member.Name).Order().ShouldBe(schema!["properties"]!.AsObject().Select(member => member.Key).Order());
            members.Where(member => !member.AssociatedParameter!.HasDefaultValue).Select(member => member.Name).Order()
                .ShouldBe((schema["required"]?.AsArray() ?? []).Select(member => (string)member!).Order(), name);
            foreach (var member in members.Where(member => !member.AssociatedParameter!.HasDefaultValue))
                MayBeNull(member).ShouldBe(MayBeNull(schema["properties"]![member.Name]!), $"{name}.{member.Name}");
        }
    }

    [Fact]
    public void Every_closed_list_has_its_words()
    {
        var lists = ApiDocument.Schemas.Where(schema => schema.Value!["enum"] is not null).ToArray();
        lists.Length.ShouldBeGreaterThan(10);
        foreach (var (name, schema) in lists)
        {
            var type = typeof(ScoringClient).Assembly.GetType($"Scoring.Client.{name}").ShouldNotBeNull($"there is no list {name}");
            var words = (IReadOnlyList<string>)typeof(Words).GetMethod(nameof(Words.All))!.MakeGenericMethod(type).Invoke(null, null)!;
            words.Order().ShouldBe(schema!["enum"]!.AsArray().Where(word => word is not null).Select(word => (string)word!).Order(), name);
        }
    }

    [Fact]
    public void An_unknown_word_and_an_unknown_member_are_passed_over()
    {
        var entry = JsonSerializer.Deserialize<HistoryEntry>(
            """{"turn":1,"kind":"a-new-kind","day":"2026-11-23","body":null,"more":{}}""", ScoringJson.Options);
        entry!.Kind.ShouldBe(EntryKind.Unknown);
        Should.Throw<ArgumentException>(() => JsonSerializer.Serialize(entry, ScoringJson.Options));
    }

    [Fact]
    public void A_missing_member_and_null_where_there_must_be_a_value_are_errors()
    {
        Should.Throw<JsonException>(() => JsonSerializer.Deserialize<ScoreValue>("""{"score":1}""", ScoringJson.Options));
        Should.Throw<JsonException>(() => JsonSerializer.Deserialize<ScoreValue>("""{"score":1,"tier":null}""", ScoringJson.Options));
    }

    [Fact]
    public void Points_are_a_number_or_a_table_and_conditions_are_nested()
    {
        const string json = """
            {"id":"x","eventType":"t","when":{"all":[{"not":{"attribute":"a","oneOf":["b"]}},{"attribute":"n","lessThan":3}]},
             "points":{"by":"a","rows":{"b":-4}},"capPerDay":1,"capPerWindow":2,"windowDays":3,"halfLifeDays":0,"reason":"r"}
            """;
        var rule = JsonSerializer.Deserialize<Rule>(json, ScoringJson.Options)!;
        rule.Points.Rows!["b"].ShouldBe(-4);
        rule.When!.All![0].Not!.OneOf.ShouldBe(["b"]);
        JsonNode.DeepEquals(JsonSerializer.SerializeToNode(rule, ScoringJson.Options), JsonNode.Parse(json)).ShouldBeTrue();
    }

    // The document has no schema for the pages of an audited history.
    private static JsonNode? AnswerOf(OperationCall call, bool isFull) => call.Method.Name switch
    {
        nameof(AuditClient.ReadHistory) when call.Method.DeclaringType == typeof(AuditClient) => null,
        _ => call.Operation.Answers?["application/json"]?["schema"] is { } schema
            ? ApiDocument.Sample(schema, isFull)
            : JsonValue.Create("x"),
    };

    private static bool IsAwaited(OperationCall call) =>
        call.Method.ReturnType.IsAssignableTo(typeof(Task)) && call.Method.ReturnType != typeof(Task<AuditedHistoryPage>);

    private static bool MayBeNull(JsonPropertyInfo member) => member.PropertyType.IsValueType
        ? Nullable.GetUnderlyingType(member.PropertyType) is not null
        : member.IsGetNullable;

    private static bool MayBeNull(JsonNode schema) =>
        (schema["type"] is JsonArray types && types.Any(type => (string?)type == "null"))
        || (schema["oneOf"] is JsonArray choices && choices.Any(choice => (string?)choice!["type"] == "null"))
        || ((string?)schema["$ref"] is { } reference && ApiDocument.Schemas[reference.Split('/')[^1]]!["type"] is JsonArray referred
            && referred.Any(type => (string?)type == "null"));
}
