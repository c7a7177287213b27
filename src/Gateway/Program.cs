using Scoring.Hosting;

var builder = WebApplication.CreateBuilder(args);
builder.AddScoringClusterClient();
builder.Services.AddScoringGateway(builder.Configuration);

var app = builder.Build();
app.MapScoringGateway();
app.Run();
