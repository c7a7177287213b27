using Scoring.Health;
using Scoring.Hosting;
using Scoring.Keys;
using Scoring.Supervision;

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
builder.Services.AddSiloHealth(builder.Configuration);
builder.AddScoringSilo(builder.Configuration);
builder.AddSystemdSupervision(services => services.GetRequiredService<HealthListener>().Address);
await builder.Build().RunAsync();
