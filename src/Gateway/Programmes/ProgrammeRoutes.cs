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

    private static async Task<Ok<ImmutableArray<ProgrammeDocument>>> List(IGrainFactory grains, CancellationToken cancellation)
    {
        var catalogue = await Current(grains, cancellation);
        return TypedResults.Ok(catalogue.Programmes.Select(p => ProgrammeDocument.Of(p, catalogue)).ToImmutableArray());
    }

    private static async Task<Results<Ok<ProgrammeDocument>, Refused>> Find(
        ProgrammeId p, IGrainFactory grains, CancellationToken cancellation)
    {
        var catalogue = await Current(grains, cancellation);
        return catalogue.Find(p) is { } found ? TypedResults.Ok(ProgrammeDocument.Of(found, catalogue)) : new Refused(Problem.NotFound);
    }

    private static async Task<Results<Ok<ImmutableArray<RuleSet>>, Refused>> RuleSets(
        ProgrammeId p, IGrainFactory grains, CancellationToken cancellation) =>
        (await Current(grains, cancellation)).Find(p) is { } found ? TypedResults.Ok(found.RuleSets) : new Refused(Problem.NotFound);

    private static async Task<Results<Ok<RuleSet>, Refused>> RuleSet(
        ProgrammeId p, int v, IGrainFactory grains, CancellationToken cancellation) =>
        (await Current(grains, cancellation)).Find(p)?.RuleSets.FirstOrDefault(set => set.Number == v) is { } found
            ? TypedResults.Ok(found)
            : new Refused(Problem.NotFound);

    private static Task<Catalogue> Current(IGrainFactory grains, CancellationToken cancellation) =>
        grains.GetGrain<ICatalogueGrain>(0).Current().WaitAsync(cancellation);
}
