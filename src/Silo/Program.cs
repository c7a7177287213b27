using Scoring.Health;
using Scoring.Hosting;
using Scoring.Keys;
using Scoring.Signals;

if (args is ["create-keys", var file])
{
    PlatformKeyFile.Create(file);
    return;
}
if (args is ["add-checkpoint-key", var before])
{
    PlatformKeyFile.AddCheckpointKey(before);
    return;
}
var builder = Host.CreateApplicationBuilder(args);
builder.AddTelemetry("scoring-silo");
builder.Services.AddSiloHealth(builder.Configuration);
builder.AddScoringSilo(builder.Configuration);
await builder.Build().RunAsync();
