using Microsoft.AspNetCore.Http.HttpResults;
using Scoring.Administration;
using Scoring.Authentication;
using Scoring.Hosting;
using Scoring.Limits;
using Scoring.Problems;
using Scoring.Programmes;

namespace Scoring.SetAside;

/// <summary>Routes by which administrators look at entries that no fold could value, and have them folded again.</summary>
internal static class SetAsideRoutes
{
    private const string Path = "/v1/admin/set-aside";

    public static void MapSetAside(this IEndpointRouteBuilder admin)
    {
        var routes = admin.MapGroup("/set-aside");
        routes.MapGet("", Find).WithName("findSetAside").WithSummary("Count the entries that no fold could value")
            .WithDescription(
                "Groups by programme, kind, event type, rule set and fault. Numbers are multiples of 20, and absent when fewer than 20 "
                + "subjects are concerned. Entries are known once a fold has met them.")
            .Refuses(401, 403, 429, 503);
        routes.MapPost("", Replay).WithName("replaySetAside").WithSummary("Fold a programme's set-aside entries again")
            .WithDescription(
                "Do this once a rule, an event type or the code is mended. It is a public act. The folds are made in the background; "
                + "`replaying` says while they are. 404: nothing of the programme is set aside.")
            .WithMetadata(new SmallBodyMetadata()).Refuses(400, 401, 403, 404, 413, 415, 429, 503);
    }

    private static async Task<Ok<SetAsideView>> Find(IdempotentCalls calls, CancellationToken cancellationToken) =>
        TypedResults.Ok(await calls.Send((ISetAsideGrain grain) => grain.Find(), cancellationToken));

    private static async Task<Results<Accepted, ProblemResult>> Replay(
        ReplayRequest request, Caller caller, IGrainFactory grains, CancellationToken cancellationToken)
    {
        var outcome = await grains.GetGrain<ISetAsideGrain>(0).Replay(caller.Name, request.Programme).WaitAsync(cancellationToken);
        return outcome.Refusal is { } refusal ? AdminResults.Refuse(refusal, outcome.Problems) : TypedResults.Accepted(Path);
    }
}

/// <summary>A request to fold entries again.</summary>
/// <param name="Programme">The programme whose entries are set aside.</param>
internal sealed record ReplayRequest(ProgrammeId Programme);
