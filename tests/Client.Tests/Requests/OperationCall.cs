using System.Net;
using System.Reflection;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Scoring.Client.Tests.Requests;

/// <summary>A method of the client with the operations that it names. It can be called with arguments that fit the document.</summary>
internal sealed record OperationCall(PropertyInfo? Group, MethodInfo Method, ApiOperation Operation)
{
    /// <summary>Every method with each of its operations.</summary>
    public static IReadOnlyList<OperationCall> All { get; } =
    [
        .. from type in typeof(ScoringClient).Assembly.GetExportedTypes()
           from method in type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
           from operation in method.GetCustomAttributes<OperationAttribute>()
           select new OperationCall(
               typeof(ScoringClient).GetProperties().SingleOrDefault(property => property.PropertyType == type), method,
               ApiDocument.Operations.Single(known => known.Id == operation.Id)),
    ];

    /// <summary>Calls the method. Returns the request that it sent, and its result, if it has one.</summary>
    /// <param name="answer">The JSON of the answer.</param>
    public async Task<(RecordedRequest Request, object? Result)> Run(JsonNode? answer)
    {
        var handler = new RecordingHandler(answer?.ToJsonString() ?? "");
        using var client = new ScoringClient(new ScoringClientOptions { Addresses = { new Uri("http://gateway.example/") } }, handler);
        var target = Group is not null ? Group.GetValue(client) : client.Subjects.Of("a-word", 7);
        var task = (Task)Method.Invoke(target, [.. Method.GetParameters().Select(Argument)])!;
        await task;
        return (handler.Request!, task.GetType().GetProperty("Result") is { } result && Method.ReturnType.IsGenericType
            ? result.GetValue(task)
            : null);
    }

    private object? Argument(ParameterInfo parameter)
    {
        var type = Nullable.GetUnderlyingType(parameter.ParameterType) ?? parameter.ParameterType;
        if (type == typeof(CancellationToken)) return CancellationToken.None;
        if (type == typeof(string)) return "a-word";
        if (type == typeof(long)) return 7L;
        if (type == typeof(int)) return 7;
        if (type == typeof(Stream)) return new MemoryStream();
        if (type == typeof(ReadOnlyMemory<byte>)) return new ReadOnlyMemory<byte>("[]"u8.ToArray());
        if (type == typeof(RegistrationKind))
            return Enum.GetValues<RegistrationKind>().Single(kind => Operation.Id.Contains($"{kind}", StringComparison.Ordinal));
        var batch = type == typeof(IReadOnlyCollection<CloudEvent>);
        var body = Operation.Bodies!.First(media => media.Key.Contains("batch", StringComparison.Ordinal) == batch).Value!["schema"]!;
        return (IsEvents ? EventOf(batch) : ApiDocument.Sample(body)).Deserialize(type, ScoringJson.Options);
    }

    private static JsonNode? EventOf(bool isBatch)
    {
        const string json = """
            {"id":"1","source":"urn:a","type":"a.b","time":"2026-11-23T07:15:00Z","data":{"programme":"a-word","handle":"abcdefghijklmnop"}}
            """;
        return JsonNode.Parse(isBatch ? $"[{json}]" : json);
    }

    /// <summary>Whether the call sends events, whose attributes the document cannot list.</summary>
    public bool IsEvents => Operation.Id is "sendEvents" or "validateEvent";

    public override string ToString() => $"{Method.DeclaringType!.Name}.{Method.Name} ({Operation.Id})";
}

/// <summary>A request as it was sent.</summary>
internal sealed record RecordedRequest(string Method, Uri Address, string? Body, string? Authorization, string Accept);

/// <summary>Keeps the last request, and gives every request the same answer.</summary>
internal sealed class RecordingHandler(string answer, HttpStatusCode status = HttpStatusCode.OK) : HttpMessageHandler
{
    public RecordedRequest? Request { get; private set; }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Request = new RecordedRequest(
            request.Method.Method, request.RequestUri!,
            request.Content is { } content ? await content.ReadAsStringAsync(cancellationToken) : null,
            request.Headers.Authorization?.ToString(), request.Headers.Accept.ToString());
        return new HttpResponseMessage(status) { Content = new StringContent(answer, Encoding.UTF8, "application/json") };
    }
}
