using Microsoft.AspNetCore.Http.HttpResults;

namespace Scoring.Problems;

/// <summary>
/// Results for a participant's own data: 200 or 204 when it exists, else 404. The 404 is the same for every reason, so that it does not
/// tell whether another participant has such data.
/// </summary>
internal static class OwnedResults
{
    public static Results<Ok<T>, ProblemResult> Or404<T>(T? value)
        where T : class => value is null ? new ProblemResult(Problem.NotFound) : TypedResults.Ok(value);

    public static Results<Ok<T>, ProblemResult> Or404<T>(T? value)
        where T : struct => value is { } present ? TypedResults.Ok(present) : new ProblemResult(Problem.NotFound);

    public static Results<NoContent, ProblemResult> Or404(bool exists) =>
        exists ? TypedResults.NoContent() : new ProblemResult(Problem.NotFound);
}
