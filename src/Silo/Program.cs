using Scoring.Hosting;
using Scoring.Keys;

if (args is ["create-keys", var file])
{
    PlatformKeyFile.Create(file);
    return;
}
var builder = Host.CreateApplicationBuilder(args);
builder.AddScoringSilo(builder.Configuration);
await builder.Build().RunAsync();
