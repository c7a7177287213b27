using Microsoft.AspNetCore.Http.HttpResults;

namespace Scoring.Problems;

/// <summary>What is one's own is answered; what is not there is not found, whatever the reason.</summary>
internal static class Found
{
    public static Results<Ok<T>, Refused> Or404<T>(T? found)
        where T : class => found is null ? new Refused(Problem.NotFound) : TypedResults.Ok(found);

    public static Results<Ok<T>, Refused> Or404<T>(T? found)
        where T : struct => found is { } value ? TypedResults.Ok(value) : new Refused(Problem.NotFound);

    public static Results<NoContent, Refused> Or404(bool found) => found ? TypedResults.NoContent() : new Refused(Problem.NotFound);
}
