using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.Extensions.Options;
using Scoring.Administration;
using Scoring.Limits;

namespace Scoring.Problems;

/// <summary>The one result by which anything is refused.</summary>
internal sealed class ProblemResult(Problem problem) : IResult, IStatusCodeHttpResult
{
    private static readonly JsonSerializerOptions Form = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    /// <summary>What is wrong this time. Never anything from the request.</summary>
    public string? Detail { get; init; }

    /// <summary>Each thing wrong.</summary>
    public ImmutableArray<Fault> Errors { get; init; } = [];

    /// <summary>How many there are, when more than listed.</summary>
    public int ErrorsTotal { get; init; }

    /// <summary>Everything wrong with the content of a draft or a registration; its words are the platform's own.</summary>
    public ImmutableArray<DraftProblem> Problems { get; init; } = [];

    /// <summary>When to come again; a default is said with 429 and 503.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>The kind.</summary>
    public Problem Problem => problem;

    /// <inheritdoc/>
    public int? StatusCode => problem.Status;

    /// <inheritdoc/>
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.StatusCode = problem.Status;
        if (problem.Status is 429 or 503) response.Headers.RetryAfter = Seconds(httpContext);
        if (HttpMethods.IsHead(httpContext.Request.Method)) return;

        var document = new ProblemDocument(
            problem.Type, problem.Title, problem.Status, Detail, Errors.IsEmpty ? null : Errors,
            Errors.IsEmpty ? null : Math.Max(ErrorsTotal, Errors.Length), Problems.IsEmpty ? null : Problems);
        await response.WriteAsJsonAsync(document, Form, "application/problem+json");
    }

    private string Seconds(HttpContext context)
    {
        var limits = context.RequestServices.GetRequiredService<IOptions<GatewayLimits>>().Value;
        var seconds = Math.Ceiling((RetryAfter ?? TimeSpan.FromSeconds(limits.RetryAfterSeconds)).TotalSeconds);
        return Math.Clamp(seconds, 1, 3600).ToString(CultureInfo.InvariantCulture);
    }
}
