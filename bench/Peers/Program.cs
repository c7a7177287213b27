using Scoring.Peers.Actors;
using Scoring.Peers.Entrance;
using Scoring.Peers.Grains;
using Scoring.Peers.Inserts;
using Scoring.Peers.Scores;

var builder = WebApplication.CreateBuilder(args);
builder.Logging.SetMinimumLevel(LogLevel.Warning);
var options = builder.Configuration.GetSection(PeerOptions.Section).Get<PeerOptions>() ?? new PeerOptions();
builder.Services.AddSingleton(ScoringRules.Load(Path.Combine(AppContext.BaseDirectory, "programmes"), options));
switch (options.Kind)
{
    case PeerKind.OrleansState or PeerKind.OrleansJournaled or PeerKind.OrleansJournaledLog: await builder.AddGrains(options); break;
    case PeerKind.Akka: builder.AddActors(options); break;
    case PeerKind.MinimalApi: await builder.AddInserts(options); break;
    default: throw new InvalidOperationException("Peer:Kind is missing.");
}

await using var app = builder.Build();
app.MapPeer();
await app.RunAsync();
