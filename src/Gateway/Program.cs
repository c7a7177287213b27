using Scoring.Hosting;
using Scoring.Supervision;

var builder = WebApplication.CreateBuilder(args);
builder.AddScoringClusterClient();
builder.Services.AddScoringGateway(builder.Configuration);
builder.AddSystemdSupervision(HealthAddress.OfServer);

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
