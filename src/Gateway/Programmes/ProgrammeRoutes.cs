using System.Collections.Immutable;
using Microsoft.AspNetCore.Http.HttpResults;
using Scoring.Hosting;
using Scoring.Problems;
using Scoring.Rules;

namespace Scoring.Programmes;

/// <summary>Public routes of programmes and their rule sets.</summary>
internal static class ProgrammeRoutes
{
    public static void MapProgrammes(this IEndpointRouteBuilder app)
    {
        var routes = app.MapGroup("/v1/programmes").WithTags("Programmes").AllowAnonymous();
        routes.MapGet("", List).WithName("listProgrammes").WithSummary("List all published programmes")
            .WithDescription("Each is answered in full, also when it is suspended or has ended.").Refuses(429, 503);
        routes.MapGet("{p:programme}", Find)
            .WithName("findProgramme").WithSummary("Show one programme: purpose, event types, rules, services")
            .WithDescription(
                "Everything that a person needs to decide about joining: purpose, effects, rules in full, who may ask, which sources send "
                + "events and where they link handles.")
            .Refuses(404, 429, 503);
        routes.MapGet("{p:programme}/rulesets", RuleSets)
            .WithName("listRuleSets").WithSummary("List a programme's published rule sets")
            .WithDescription("They are in ascending numbers, each in full with its hash.").Refuses(404, 429, 503);
        routes.MapGet("{p:programme}/rulesets/{v:int:min(1)}", RuleSet)
            .WithName("findRuleSet").WithSummary("Show one rule set; it never changes")
            .WithDescription("Its hash is that of the document as it was published.").Refuses(404, 429, 503);
    }

    private static async Task<Ok<ImmutableArray<ProgrammeResponse>>> List(IdempotentCalls calls, CancellationToken cancellationToken)
    {
        var catalogue = await Current(calls, cancellationToken);
        return TypedResults.Ok(catalogue.Programmes.Select(p => ProgrammeResponse.Of(p, catalogue)).ToImmutableArray());
    }

    private static async Task<Results<Ok<ProgrammeResponse>, ProblemResult>> Find(
        ProgrammeId p, IdempotentCalls calls, CancellationToken cancellationToken)
    {
        var catalogue = await Current(calls, cancellationToken);
        return catalogue.Find(p) is { } published
            ? TypedResults.Ok(ProgrammeResponse.Of(published, catalogue))
            : new ProblemResult(Problem.NotFound);
    }

    private static async Task<Results<Ok<ImmutableArray<RuleSet>>, ProblemResult>> RuleSets(
        ProgrammeId p, IdempotentCalls calls, CancellationToken cancellationToken) =>
        (await Current(calls, cancellationToken)).Find(p) is { } published
            ? TypedResults.Ok(published.RuleSets)
            : new ProblemResult(Problem.NotFound);

    private static async Task<Results<Ok<RuleSet>, ProblemResult>> RuleSet(
        ProgrammeId p, int v, IdempotentCalls calls, CancellationToken cancellationToken) =>
        (await Current(calls, cancellationToken)).Find(p)?.RuleSets.FirstOrDefault(set => set.Number == v) is { } ruleSet
            ? TypedResults.Ok(ruleSet)
            : new ProblemResult(Problem.NotFound);

    private static Task<Catalogue> Current(IdempotentCalls calls, CancellationToken cancellationToken) =>
        calls.Send((ICatalogueGrain grain) => grain.Current(), cancellationToken);
}
