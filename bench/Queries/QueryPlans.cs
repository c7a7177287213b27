using System.Text.Json;
using Scoring.Bench.Loads;
using Scoring.Client;

namespace Scoring.Bench.Queries;

/// <summary>The requests of services: score queries.</summary>
public static class QueryPlans
{
    /// <summary>Returns the plan to query the score of each grant, in their order.</summary>
    public static LoadPlan Of(Uri address, string token, IReadOnlyList<string> grants, int parallel) => new(
        address, parallel, [RequestHead.Of(address, "POST", "/v1/scores/query", token)],
        [.. grants.Select(grant => new ScoreQueryRequest(grant))
            .Select(query => new LoadRequest(0, JsonSerializer.SerializeToUtf8Bytes(query, ScoringJson.Options)))])
    {
        KeepsBodies = true,
    };
}
