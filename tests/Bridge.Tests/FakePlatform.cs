using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Scoring.Bridge;

/// <summary>
/// Answers <c>POST /v1/events</c> by the API's contract: a batch is taken or refused as a whole, and a refusal names events by their index.
/// It remembers what it took, in order, and whether two requests with the same handle were ever under way together.
/// </summary>
internal sealed class FakePlatform : HttpMessageHandler
{
    private readonly Lock _lock = new();
    private readonly List<string> _taken = [];
    private readonly HashSet<string> _underWay = [];
    private readonly ConcurrentQueue<Func<HttpResponseMessage>> _next = new();

    /// <summary>The ids that were taken, in order, each once.</summary>
    public IReadOnlyList<string> Taken
    {
        get
        {
            lock (_lock) return [.. _taken.Distinct()];
        }
    }

    /// <summary>How many events each request had.</summary>
    public ConcurrentQueue<int> Sizes { get; } = new();

    /// <summary>The access tokens of the requests.</summary>
    public ConcurrentQueue<string?> Tokens { get; } = new();

    /// <summary>Whether an event was under way while another of the same handle was.</summary>
    public bool HasOverlap { get; private set; }

    /// <summary>Answers every request with this status instead; 0 for the contract.</summary>
    public HttpStatusCode Status { get; set; }

    /// <summary>How many events at fault an answer names.</summary>
    public int ErrorsMax { get; set; } = 100;

    /// <summary>The longest body; a longer one is 413.</summary>
    public int BodyBytesMax { get; set; } = int.MaxValue;

    /// <summary>Answers the next request with this.</summary>
    public void AnswerNext(HttpStatusCode status, TimeSpan? retryAfter = null) => _next.Enqueue(() => Answer(status, retryAfter));

    /// <summary>Breaks the connection of the next request.</summary>
    public void BreakNext() => _next.Enqueue(() => throw new HttpRequestException("The connection broke."));

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var body = await request.Content!.ReadAsByteArrayAsync(cancellationToken);
        Tokens.Enqueue(request.Headers.Authorization?.Parameter);
        JsonObject[] batch = [.. JsonNode.Parse(body)!.AsArray().Select(one => one!.AsObject())];
        Sizes.Enqueue(batch.Length);
        string[] handles = [.. batch.Select(one => (string?)one["data"]?["handle"] ?? "").Distinct()];
        Enter(handles);
        try
        {
            await Task.Delay(TimeSpan.FromMilliseconds(1), cancellationToken);
            if (_next.TryDequeue(out var answer)) return answer();
            if (Status != 0) return Answer(Status, null);
            return body.Length > BodyBytesMax ? Answer(HttpStatusCode.RequestEntityTooLarge, null) : Decide(batch);
        }
        finally
        {
            lock (_lock) _underWay.ExceptWith(handles);
        }
    }

    private void Enter(string[] handles)
    {
        lock (_lock)
        {
            HasOverlap |= _underWay.Overlaps(handles);
            _underWay.UnionWith(handles);
        }
    }

    private HttpResponseMessage Decide(JsonObject[] batch)
    {
        JsonObject[] errors =
        [
            .. from one in batch.Index()
               where ((string?)one.Item["id"])?.StartsWith("bad", StringComparison.Ordinal) == true
               select new JsonObject
               {
                   ["index"] = one.Index, ["pointer"] = $"/{one.Index}/data/overLimitKmh", ["detail"] = "It must be from 0 to 200.",
               },
        ];
        if (errors.Length > 0) return Problem(HttpStatusCode.BadRequest, "events-refused", errors);
        lock (_lock) _taken.AddRange(batch.Select(one => (string)one["id"]!));
        return new HttpResponseMessage(HttpStatusCode.Accepted);
    }

    private HttpResponseMessage Problem(HttpStatusCode status, string kind, JsonObject[] errors)
    {
        var problem = new JsonObject
        {
            ["type"] = "urn:scoring:problem:" + kind, ["title"] = "At least one event is not valid.", ["status"] = (int)status,
            ["errors"] = new JsonArray([.. errors.Take(ErrorsMax)]), ["errorsTotal"] = errors.Length,
        };
        return new HttpResponseMessage(status) { Content = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(problem)) };
    }

    private static HttpResponseMessage Answer(HttpStatusCode status, TimeSpan? retryAfter)
    {
        var answer = new HttpResponseMessage(status);
        if (retryAfter is { } wait) answer.Headers.RetryAfter = new RetryConditionHeaderValue(wait);
        return answer;
    }
}
