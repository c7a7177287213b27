using Microsoft.AspNetCore.Http.HttpResults;
using Scoring.Administration;
using Scoring.Authentication;
using Scoring.Problems;
using Scoring.Programmes;

namespace Scoring.Simulation;

/// <summary>What a draft would change, worked out over the real ledger in numbers only.</summary>
internal static class SimulationRoutes
{
    public static void MapSimulations(this IEndpointRouteBuilder admin)
    {
        var routes = admin.MapGroup("/programmes/{p:programme}/draft/simulation");
        routes.MapPost("", Start).WithName("startSimulation").WithSummary("Simulate the draft")
            .WithDescription("202: under way; ask for progress and report at the same address. The simulation itself enters the record.")
            .Refuses(401, 403, 404, 409, 422, 429, 503);
        routes.MapGet("", Find).WithName("findSimulation").WithSummary("How far it is, with the report when it is done")
            .Refuses(401, 403, 404, 429, 503);
        routes.MapDelete("", Cancel).WithName("cancelSimulation").WithSummary("Break the simulation off")
            .Refuses(401, 403, 404, 429, 503);
    }

    private static async Task<Results<Accepted, ProblemResult>> Start(
        ProgrammeId p, Caller caller, IGrainFactory grains, CancellationToken cancellationToken)
    {
        var outcome = await Grain(grains, p).Start(caller.Name).WaitAsync(cancellationToken);
        return outcome.Refusal is { } refusal
            ? AdminResults.Refuse(refusal, outcome.Problems)
            : TypedResults.Accepted($"/v1/admin/programmes/{p}/draft/simulation");
    }

    private static async Task<Results<Ok<SimulationView>, ProblemResult>> Find(
        ProgrammeId p, IGrainFactory grains, CancellationToken cancellationToken) =>
        await Grain(grains, p).Find().WaitAsync(cancellationToken) is { } found
            ? TypedResults.Ok(found)
            : new ProblemResult(Problem.NotFound);

    private static async Task<Results<NoContent, ProblemResult>> Cancel(
        ProgrammeId p, Caller caller, IGrainFactory grains, CancellationToken cancellationToken) =>
        await Grain(grains, p).Cancel(caller.Name).WaitAsync(cancellationToken)
            ? TypedResults.NoContent()
            : new ProblemResult(Problem.NotFound);

    private static ISimulationGrain Grain(IGrainFactory grains, ProgrammeId id) => grains.GetGrain<ISimulationGrain>(id.Value);
}
