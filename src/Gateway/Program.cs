using Scoring.Hosting;

var builder = WebApplication.CreateBuilder(args);
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
    // Told to stop before the cluster was found.
}
