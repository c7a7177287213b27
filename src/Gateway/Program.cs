using Scoring.Hosting;
using Scoring.Signals;

var builder = WebApplication.CreateBuilder(args);
builder.AddTelemetry("scoring-gateway");
builder.AddScoringClusterClient();
builder.Services.AddScoringGateway(builder.Configuration);

var app = builder.Build();
app.MapScoringGateway();
try
{
    await app.RunAsync();
}
catch (OperationCanceledException)
{
    // The process was stopped before it found the cluster.
}
