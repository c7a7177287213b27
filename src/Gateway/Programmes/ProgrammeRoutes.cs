using System.Collections.Immutable;
using Microsoft.AspNetCore.Http.HttpResults;
using Scoring.Problems;
using Scoring.Rules;

namespace Scoring.Programmes;

/// <summary>What is scored and by which rules, for everyone to read.</summary>
internal static class ProgrammeRoutes
{
    public static void MapProgrammes(this IEndpointRouteBuilder app)
    {
        var routes = app.MapGroup("/v1/programmes").WithTags("Programmes").AllowAnonymous();
        routes.MapGet("", List).WithName("listProgrammes").WithSummary("All published programmes").Refuses(429, 503);
        routes.MapGet("{p:programme}", Find)
            .WithName("findProgramme").WithSummary("One programme: purpose, event types, rules, services").Refuses(404, 429, 503);
        routes.MapGet("{p:programme}/rulesets", RuleSets)
            .WithName("listRuleSets").WithSummary("Its published rule sets").Refuses(404, 429, 503);
        routes.MapGet("{p:programme}/rulesets/{v:int:min(1)}", RuleSet)
            .WithName("findRuleSet").WithSummary("One rule set, immutable").Refuses(404, 429, 503);
    }

    private static async Task<Ok<ImmutableArray<ProgrammeResponse>>> List(IGrainFactory grains, CancellationToken cancellationToken)
    {
        var catalogue = await Current(grains, cancellationToken);
        return TypedResults.Ok(catalogue.Programmes.Select(p => ProgrammeResponse.Of(p, catalogue)).ToImmutableArray());
    }

    private static async Task<Results<Ok<ProgrammeResponse>, ProblemResult>> Find(
        ProgrammeId p, IGrainFactory grains, CancellationToken cancellationToken)
    {
        var catalogue = await Current(grains, cancellationToken);
        return catalogue.Find(p) is { } found
            ? TypedResults.Ok(ProgrammeResponse.Of(found, catalogue))
            : new ProblemResult(Problem.NotFound);
    }

    private static async Task<Results<Ok<ImmutableArray<RuleSet>>, ProblemResult>> RuleSets(
        ProgrammeId p, IGrainFactory grains, CancellationToken cancellationToken) =>
        (await Current(grains, cancellationToken)).Find(p) is { } found
            ? TypedResults.Ok(found.RuleSets)
            : new ProblemResult(Problem.NotFound);

    private static async Task<Results<Ok<RuleSet>, ProblemResult>> RuleSet(
        ProgrammeId p, int v, IGrainFactory grains, CancellationToken cancellationToken) =>
        (await Current(grains, cancellationToken)).Find(p)?.RuleSets.FirstOrDefault(set => set.Number == v) is { } found
            ? TypedResults.Ok(found)
            : new ProblemResult(Problem.NotFound);

    private static Task<Catalogue> Current(IGrainFactory grains, CancellationToken cancellationToken) =>
        grains.GetGrain<ICatalogueGrain>(0).Current().WaitAsync(cancellationToken);
}
