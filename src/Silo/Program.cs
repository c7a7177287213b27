using Scoring.Hosting;

var builder = Host.CreateApplicationBuilder(args);
builder.AddScoringSilo(builder.Configuration);
await builder.Build().RunAsync();
