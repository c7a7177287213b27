using Microsoft.AspNetCore.Http.HttpResults;

namespace Scoring.Problems;

/// <summary>What is one's own is answered; what is not there is not found, whatever the reason.</summary>
internal static class OwnedResults
{
    public static Results<Ok<T>, ProblemResult> Or404<T>(T? found)
        where T : class => found is null ? new ProblemResult(Problem.NotFound) : TypedResults.Ok(found);

    public static Results<Ok<T>, ProblemResult> Or404<T>(T? found)
        where T : struct => found is { } value ? TypedResults.Ok(value) : new ProblemResult(Problem.NotFound);

    public static Results<NoContent, ProblemResult> Or404(bool found) =>
        found ? TypedResults.NoContent() : new ProblemResult(Problem.NotFound);
}
