using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;
using Scoring.Authentication;
using Scoring.Hosting;
using Scoring.Intake;
using Scoring.Limits;
using Scoring.Problems;
using Scoring.Programmes;

namespace Scoring.Contests;

/// <summary>The route by which a source reads the open contests of its own events.</summary>
internal static class ContestedEventRoutes
{
    private const int CountMax = 500; // the maximum of the grain's contract

    public static void MapContestedEvents(this IEndpointRouteBuilder app) =>
        Caller.For(app.MapGet("/v1/events/contests", List), Roles.Source).WithName("listContestedEvents").WithTags("Events")
            .WithSummary("List the open contests of the source's own events: key and grounds")
            .WithDescription(
                "The key is the base64url of the first 16 bytes of SHA-256 over the source's id and the event's id in UTF-8, each after "
                + "its length in four bytes, big-endian. A source that keeps its ids can tell which event it is.")
            .Refuses(400, 401, 403, 429, 503);

    private static async Task<Results<Ok<SourceContestPage>, ProblemResult>> List(
        long? after, int? count, Caller caller, CatalogueCache catalogues, IdempotentCalls calls, IOptions<GatewayLimits> limits,
        CancellationToken cancellationToken)
    {
        var size = count ?? limits.Value.HistoryCountDefault;
        if (size is < 1 or > CountMax || after < 0)
            return new ProblemResult(Problem.MalformedRequest) { Detail = $"count must be from 1 to {CountMax}, and after at least 0." };
        if (!Admits(await catalogues.Current(cancellationToken)) && !Admits(await catalogues.AfterMiss(cancellationToken)))
            return new ProblemResult(Problem.SourceNotRegistered);
        return TypedResults.Ok(
            await calls.Send((ISourceContestGrain grain) => grain.List(caller.Name, after ?? 0, size), cancellationToken));

        bool Admits(EventCatalogue catalogue) => catalogue.Find(caller.Name) is { } schema && schema.Admits(caller.Clients);
    }
}
