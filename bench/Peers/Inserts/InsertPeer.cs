using Scoring.Peers.Entrance;
using Scoring.Peers.Scores;

namespace Scoring.Peers.Inserts;

/// <summary>Sets up the minimal API.</summary>
internal static class InsertPeer
{
    /// <summary>Adds the scorer, which creates its table at the start.</summary>
    public static async Task AddInserts(this WebApplicationBuilder builder, PeerOptions options)
    {
        var database = Database.Open(options.ConnectionString);
        await InsertScorer.Ensure(database);
        builder.Services.AddSingleton<IScorer>(services => new InsertScorer(database, services.GetRequiredService<ScoringRules>()));
    }
}
