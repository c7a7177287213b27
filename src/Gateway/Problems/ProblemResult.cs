using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.Extensions.Options;
using Scoring.Administration;
using Scoring.Limits;

namespace Scoring.Problems;

/// <summary>Writes a refusal as problem details. Every refusal of the API is this result.</summary>
internal sealed class ProblemResult(Problem problem) : IResult, IStatusCodeHttpResult
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    /// <summary>What is wrong with this request. It never repeats a value of the request.</summary>
    public string? Detail { get; init; }

    /// <summary>The errors that the answer lists.</summary>
    public ImmutableArray<Fault> Errors { get; init; } = [];

    /// <summary>How many errors there are, when more than listed.</summary>
    public int ErrorsTotal { get; init; }

    /// <summary>Every problem with the content of a draft or a registration, worded by the platform.</summary>
    public ImmutableArray<DraftProblem> Problems { get; init; } = [];

    /// <summary>
    /// How long the client waits before it retries; <see cref="GatewayLimits.RetryAfterSeconds"/> by default. Sent with 429 and 503 only,
    /// as 1 to 3600 seconds.
    /// </summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>The kind of problem.</summary>
    public Problem Problem => problem;

    /// <inheritdoc/>
    public int? StatusCode => problem.Status;

    /// <inheritdoc/>
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.StatusCode = problem.Status;
        httpContext.Features.Set(problem); // for the metrics of requests
        if (problem.Status is 429 or 503) response.Headers.RetryAfter = RetryAfterSeconds(httpContext);
        if (HttpMethods.IsHead(httpContext.Request.Method)) return;

        var document = new ProblemDocument(
            problem.Type, problem.Title, problem.Status, Detail, Errors.IsEmpty ? null : Errors,
            Errors.IsEmpty ? null : Math.Max(ErrorsTotal, Errors.Length), Problems.IsEmpty ? null : Problems);
        await response.WriteAsJsonAsync(document, Json, "application/problem+json");
    }

    private string RetryAfterSeconds(HttpContext context)
    {
        var limits = context.RequestServices.GetRequiredService<IOptions<GatewayLimits>>().Value;
        var seconds = Math.Ceiling((RetryAfter ?? TimeSpan.FromSeconds(limits.RetryAfterSeconds)).TotalSeconds);
        return Math.Clamp(seconds, 1, 3600).ToString(CultureInfo.InvariantCulture);
    }
}
