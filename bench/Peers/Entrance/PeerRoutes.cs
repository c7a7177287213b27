using System.Text.Json;
using Microsoft.AspNetCore.Mvc;
using Scoring.Peers.Scores;

namespace Scoring.Peers.Entrance;

/// <summary>
/// The requests of a peer. Events and queries have the form of the platform's, so that one load process sends the same bytes to each; in
/// the place of a grant is the handle.
/// </summary>
internal static class PeerRoutes
{
    /// <summary>Maps the routes.</summary>
    public static void MapPeer(this WebApplication app)
    {
        var rules = app.Services.GetRequiredService<ScoringRules>();
        var scorer = app.Services.GetRequiredService<IScorer>();
        app.MapPost("/v1/events", async (HttpRequest request) =>
        {
            using var body = await JsonDocument.ParseAsync(request.Body, cancellationToken: request.HttpContext.RequestAborted);
            await scorer.Add(EventReader.Read(body.RootElement, rules));
            return Results.Accepted();
        });
        app.MapPost("/v1/scores/query", async (Query query) => await scorer.Read(query.Grant));
        app.MapPost("/counts", async ([FromBody] string[] handles) =>
        {
            var counts = new long[handles.Length];
            await Parallel.ForAsync(0, handles.Length, async (i, _) => counts[i] = (await scorer.Read(handles[i])).Events);
            return counts;
        });
        app.MapGet("/health/ready", () => Results.Ok());
    }

    private sealed record Query(string Grant);
}
