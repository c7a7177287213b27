using System.Net.Http.Headers;
using System.Text.Json;

namespace Scoring.Hosting;

/// <summary>An HTTP answer, read to its end.</summary>
internal sealed class Answer(HttpResponseMessage response, string text)
{
    public int Status { get; } = (int)response.StatusCode;

    public string Text { get; } = text;

    public HttpResponseHeaders Headers { get; } = response.Headers;

    public HttpContentHeaders ContentHeaders { get; } = response.Content.Headers;

    public JsonElement Json { get; } = text.Length > 0 && text[0] is '{' or '[' ? JsonSerializer.Deserialize<JsonElement>(text) : default;

    /// <summary>The last part of the problem's type; fails when the answer is not problem details.</summary>
    public string Problem
    {
        get
        {
            ContentHeaders.ContentType?.MediaType.ShouldBe("application/problem+json");
            Json.GetProperty("status").GetInt32().ShouldBe(Status);
            Json.TryGetProperty("instance", out _).ShouldBeFalse();
            return Json.GetProperty("type").GetString()!["urn:scoring:problem:".Length..];
        }
    }

    /// <summary>The pointers of the faults, in order.</summary>
    public string[] Pointers => [.. Json.GetProperty("errors").EnumerateArray().Select(e => e.GetProperty("pointer").GetString()!)];

    /// <summary>The indexes of the faults, in order.</summary>
    public int[] Indexes => [.. Json.GetProperty("errors").EnumerateArray().Select(e => e.GetProperty("index").GetInt32())];

    /// <summary>The details of the faults, in order.</summary>
    public string[] Details => [.. Json.GetProperty("errors").EnumerateArray().Select(e => e.GetProperty("detail").GetString()!)];
}
