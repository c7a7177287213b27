using System.Net;
using System.Text.Json;

namespace Scoring.Client;

/// <summary>The platform refuses a request. Decide by <see cref="Kind"/>; the message is for people.</summary>
public sealed class ScoringProblemException : Exception
{
    private const string KindPrefix = "urn:scoring:problem:";

    /// <summary>Creates the exception.</summary>
    /// <param name="problem">The problem details.</param>
    /// <param name="retryAfter">When to try again, as the answer says.</param>
    public ScoringProblemException(ProblemDocument problem, TimeSpan? retryAfter = null)
        : base(Text(problem))
    {
        Problem = problem;
        RetryAfter = retryAfter;
    }

    /// <summary>The problem details. Its type is <c>about:blank</c> when the answer held none, for example one of a proxy.</summary>
    public ProblemDocument Problem { get; }

    /// <summary>The kind of problem, one of <see cref="ProblemKinds"/>; empty when the answer held no problem details.</summary>
    public string Kind =>
        Problem.Type.StartsWith(KindPrefix, StringComparison.Ordinal) ? Problem.Type[KindPrefix.Length..] : "";

    /// <summary>The status of the answer.</summary>
    public HttpStatusCode Status => (HttpStatusCode)Problem.Status;

    /// <summary>When to try again, as the answer says; <see langword="null"/> when it says nothing.</summary>
    public TimeSpan? RetryAfter { get; }

    /// <summary>Reads the problem of an answer.</summary>
    internal static ScoringProblemException Of(HttpResponseMessage answer, ReadOnlySpan<byte> body) =>
        new(Read(body) ?? Blank(answer.StatusCode), answer.Headers.RetryAfter?.Delta);

    private static ProblemDocument? Read(ReadOnlySpan<byte> body)
    {
        try
        {
            return JsonSerializer.Deserialize<ProblemDocument>(body, ScoringJson.Lenient) is { Type: not null, Title: not null } problem
                ? problem
                : null;
        }
        catch (JsonException)
        {
            return null; // the answer of a proxy, a page in HTML, nothing at all
        }
    }

    private static ProblemDocument Blank(HttpStatusCode status) =>
        new("about:blank", $"The platform answered with status {(int)status}.", (int)status);

    /// <summary>The title, the detail, and each error and problem, one a line.</summary>
    private static string Text(ProblemDocument problem)
    {
        if (problem.Type == "about:blank") return problem.Title;
        List<string> lines = [$"{problem.Title} ({problem.Status})"];
        if (problem.Detail is { } detail) lines.Add($"  {detail}");
        foreach (var error in problem.Errors ?? []) lines.Add($"  {error.Pointer}: {error.Detail}");
        foreach (var fault in problem.Problems ?? []) lines.Add($"  {fault.Pointer}  {fault.Code}: {fault.Help}");
        return string.Join('\n', lines);
    }
}
