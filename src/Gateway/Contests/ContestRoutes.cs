using System.Collections.Immutable;
using Microsoft.AspNetCore.Http.HttpResults;
using Scoring.Authentication;
using Scoring.Hosting;
using Scoring.Limits;
using Scoring.Problems;
using Scoring.Programmes;

namespace Scoring.Contests;

/// <summary>Routes by which participants contest events of their own history.</summary>
internal static class ContestRoutes
{
    public static void MapContests(this IEndpointRouteBuilder me)
    {
        var routes = me.MapGroup("{p:programme}/{n:int:range(0,31)}/contests");
        routes.MapPost("", Open).WithName("openContest").WithSummary("Contest an event; its harm is suspended immediately")
            .WithDescription(
                "An event can be contested once. A contest that is undecided after its due day is upheld. The source can read the event's "
                + "key and the grounds.")
            .WithMetadata(new SmallBodyMetadata()).Refuses(400, 401, 403, 404, 409, 413, 415, 422, 429, 503);
        routes.MapGet("", List).WithName("listContests").WithSummary("List all contests of the subject, newest first")
            .Refuses(401, 403, 404, 429, 503);
        routes.MapPost("{case:length(22)}/material", AddMaterial).WithName("addMaterial")
            .WithSummary("Give one further ground, which moves the due day").WithMetadata(new SmallBodyMetadata())
            .Refuses(400, 401, 403, 404, 409, 413, 415, 429, 503);
    }

    /// <summary>Turns a contest's refusal into a problem.</summary>
    public static ProblemResult Refuse(ContestRefusal? refusal) => new(refusal switch
    {
        ContestRefusal.EventUnknown => Problem.EventUnknown,
        ContestRefusal.ContestedAlready => Problem.ContestedAlready,
        ContestRefusal.CorrectedAlready => Problem.CorrectedAlready,
        ContestRefusal.TooMany => Problem.TooManyContests,
        ContestRefusal.Closed => Problem.ContestClosed,
        ContestRefusal.ExtendedAlready => Problem.ExtendedAlready,
        ContestRefusal.GroundGiven => Problem.GroundGiven,
        ContestRefusal.NotIndependent => Problem.NotIndependent,
        ContestRefusal.Overdue => Problem.ContestOverdue,
        ContestRefusal.DecidedAlready => Problem.DecidedAlready,
        ContestRefusal.ReasonDoesNotFit => Problem.ReasonDoesNotFit,
        _ => Problem.NotFound,
    });

    private static async Task<Results<Created<ContestView>, ProblemResult>> Open(
        ProgrammeId p, int n, ContestRequest request, Caller caller, IGrainFactory grains, CancellationToken cancellationToken)
    {
        var outcome = await grains.GetGrain<IContestGrain>(0).Open(new(caller.Name, p, n), request.Turn, request.Ground)
            .WaitAsync(cancellationToken);
        return outcome.Contest is { } contest
            ? TypedResults.Created($"/v1/me/subjects/{p}/{n}/contests", contest)
            : Refuse(outcome.Refusal);
    }

    private static async Task<Results<Ok<ImmutableArray<ContestView>>, ProblemResult>> List(
        ProgrammeId p, int n, Caller caller, IdempotentCalls calls, CancellationToken cancellationToken) =>
        OwnedResults.Or404(await calls.Send((IContestGrain grain) => grain.List(new(caller.Name, p, n)), cancellationToken));

    private static async Task<Results<Ok<ContestView>, ProblemResult>> AddMaterial(
        ProgrammeId p, int n, string @case, MaterialRequest request, Caller caller, IGrainFactory grains,
        CancellationToken cancellationToken)
    {
        var outcome = await grains.GetGrain<IContestGrain>(0)
            .AddMaterial(new(caller.Name, p, n), @case, request.Ground).WaitAsync(cancellationToken);
        return outcome.Contest is { } contest ? TypedResults.Ok(contest) : Refuse(outcome.Refusal);
    }
}

/// <summary>A request to contest an event.</summary>
/// <param name="Turn">The event's turn in the subject's history.</param>
/// <param name="Ground">The ground of the contest.</param>
internal sealed record ContestRequest(long Turn, ContestGround Ground);

/// <summary>New material for a contest.</summary>
/// <param name="Ground">A ground that was not given before.</param>
internal sealed record MaterialRequest(ContestGround Ground);
