using Scoring.Postgres;

var app = WebApplication.CreateBuilder(args).Build();
var settings = app.Configuration.GetSection("Postgres").Get<EmbeddedPostgresOptions>() ?? new EmbeddedPostgresOptions();

await using var postgres = await EmbeddedPostgres.Start(settings, app.Logger, CancellationToken.None);
await app.RunAsync();
