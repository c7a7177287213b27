using Microsoft.AspNetCore.Http.HttpResults;
using Scoring.Administration;
using Scoring.Authentication;
using Scoring.Hosting;
using Scoring.Problems;
using Scoring.Programmes;

namespace Scoring.Simulation;

/// <summary>Routes by which administrators simulate a draft over the real ledger. Reports hold numbers of subjects only.</summary>
internal static class SimulationRoutes
{
    private const string WrongStatus = "Only the draft of a published programme that has not ended can be simulated.";

    public static void MapSimulations(this IEndpointRouteBuilder admin)
    {
        var routes = admin.MapGroup("/programmes/{p:programme}/draft/simulation");
        routes.MapPost("", Start).WithName("startSimulation").WithSummary("Simulate the draft")
            .WithDescription(
                "202: the simulation is running. Get its progress and its report from the same address. The record lists the simulation.")
            .Refuses(401, 403, 404, 409, 422, 429, 503);
        routes.MapGet("", Find).WithName("findSimulation")
            .WithSummary("Show the simulation's progress and report, and the draft's kept reports")
            .WithDescription(
                "`reports` are those of the current draft, newest first, of every administrator; an approval names the one that was seen "
                + "by its `hash`. A new simulation makes one at the ledger's present positions next to them.")
            .Refuses(401, 403, 404, 429, 503);
        routes.MapDelete("", Cancel).WithName("cancelSimulation").WithSummary("Cancel the simulation")
            .Refuses(401, 403, 404, 429, 503);
    }

    private static async Task<Results<Accepted, ProblemResult>> Start(
        ProgrammeId p, Caller caller, IGrainFactory grains, CancellationToken cancellationToken)
    {
        var outcome = await Grain(grains, p).Start(caller.Name).WaitAsync(cancellationToken);
        return outcome.Refusal is { } refusal
            ? AdminResults.Refuse(refusal, outcome.Problems, WrongStatus)
            : TypedResults.Accepted($"/v1/admin/programmes/{p}/draft/simulation");
    }

    private static async Task<Results<Ok<SimulationView>, ProblemResult>> Find(
        ProgrammeId p, IGrainFactory grains, IdempotentCalls calls, CancellationToken cancellationToken)
    {
        var kept = await calls.Send((ISimulationReportGrain grain) => grain.OfDraft(p), cancellationToken);
        var view = await Grain(grains, p).Find().WaitAsync(cancellationToken);
        // After a restart of the silo that ran it, the newest report is all that is left of a simulation.
        if (view is null && !kept.IsEmpty) view = new SimulationView(kept[0].Draft, SimulationStatus.Done, 100, kept[0].Report);
        return view is null ? new ProblemResult(Problem.NotFound) : TypedResults.Ok(view with { Reports = kept });
    }

    private static async Task<Results<NoContent, ProblemResult>> Cancel(
        ProgrammeId p, Caller caller, IGrainFactory grains, CancellationToken cancellationToken) =>
        await Grain(grains, p).Cancel(caller.Name).WaitAsync(cancellationToken)
            ? TypedResults.NoContent()
            : new ProblemResult(Problem.NotFound);

    private static ISimulationGrain Grain(IGrainFactory grains, ProgrammeId id) => grains.GetGrain<ISimulationGrain>(id.Value);
}
