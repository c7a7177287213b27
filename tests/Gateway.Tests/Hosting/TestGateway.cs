using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Scoring.Hosting;

/// <summary>The gateway on the real web server and a free port, with fake grains behind it.</summary>
internal sealed class TestGateway : IAsyncDisposable
{
    public const string Issuer = "https://tokens.example";

    private readonly WebApplication app;
    private readonly ECDsa key;

    private TestGateway(WebApplication app, ECDsa key, FakeCity city, LogLines log)
    {
        (this.app, this.key, City, Log) = (app, key, city, log);
        Address = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());
        Client = new HttpClient { BaseAddress = Address };
    }

    public FakeCity City { get; }

    public LogLines Log { get; }

    public HttpClient Client { get; }

    public Uri Address { get; }

    public SigningCredentials Credentials => new(new ECDsaSecurityKey(key) { KeyId = "k1" }, SecurityAlgorithms.EcdsaSha256);

    public IServiceProvider Services => app.Services;

    public static Task<TestGateway> Start(params (string Key, string Value)[] settings) => Start(TimeProvider.System, settings);

    public static Task<TestGateway> Start(TimeProvider time, params (string Key, string Value)[] settings) =>
        Start(time, _ => { }, settings);

    public static async Task<TestGateway> Start(TimeProvider time, Action<FakeCity> prepare, params (string Key, string Value)[] settings)
    {
        var city = new FakeCity();
        prepare(city);
        var log = new LogLines();
        var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { EnvironmentName = Environments.Production });
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Gateway:Tokens:Issuer"] = Issuer,
            ["Gateway:Tokens:Jwks"] = Jwks(key),
            ["Gateway:Limits:EventsTickMs"] = "1",
            ["Gateway:Limits:ScoresTickMs"] = "1",
            ["Gateway:Limits:RequestsPerSecond"] = "1000000",
            ["Gateway:Limits:RequestsBurst"] = "1000000",
        });
        builder.Configuration.AddInMemoryCollection(settings.Select(s => KeyValuePair.Create(s.Key, (string?)s.Value)));
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Services.AddRouting().AddSingleton(city.Factory).AddSingleton(time);
        builder.Logging.AddProvider(log).SetMinimumLevel(LogLevel.Trace);
        builder.Services.AddScoringGateway(builder.Configuration);
        var app = builder.Build();
        app.MapScoringGateway();
        await app.StartAsync();
        return new TestGateway(app, key, city, log);
    }

    public static string Jwks(ECDsa key)
    {
        var point = key.ExportParameters(false).Q;
        var (x, y) = (Base64UrlEncoder.Encode(point.X), Base64UrlEncoder.Encode(point.Y));
        return $$"""{"keys":[{"kty":"EC","crv":"P-256","kid":"k1","x":"{{x}}","y":"{{y}}"}]}""";
    }

    public string Token(string role, Action<SecurityTokenDescriptor>? change = null)
    {
        var descriptor = new SecurityTokenDescriptor
        {
            Issuer = Issuer,
            Audience = "scoring",
            Expires = TimeProvider.System.GetUtcNow().UtcDateTime.AddHours(1),
            Claims = new Dictionary<string, object> { ["sub"] = Some.Participant, ["roles"] = new[] { role } },
            SigningCredentials = Credentials,
        };
        if (role == "source") descriptor.Claims["source"] = Some.Source;
        if (role == "participant") descriptor.Claims["age_over_18"] = true;
        if (role == "service") descriptor.Claims["service"] = "parking";
        change?.Invoke(descriptor);
        return new JsonWebTokenHandler().CreateToken(descriptor);
    }

    /// <summary>Sends with a ready token of a role; without one when it is null.</summary>
    public async Task<Answer> Send(
        HttpMethod method, string path, string? role, string? body = null, string type = "application/json",
        Action<HttpRequestMessage>? change = null)
    {
        using var request = new HttpRequestMessage(method, path);
        if (role is not null) request.Headers.Authorization = new("Bearer", role.Contains('.') ? role : Token(role));
        if (body is not null) request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        if (body is not null) request.Content!.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        change?.Invoke(request);
        using var response = await Client.SendAsync(request);
        return new Answer(response, await response.Content.ReadAsStringAsync());
    }

    public Task<Answer> Get(string path, string? role = null) => Send(HttpMethod.Get, path, role);

    public Task<Answer> PostEvents(string body, string type = "application/cloudevents+json") =>
        Send(HttpMethod.Post, "/v1/events", "source", body, type);

    public Task<Answer> PostBatch(params string[] events) =>
        PostEvents($"[{string.Join(',', events)}]", "application/cloudevents-batch+json");

    public Task Stop() => app.StopAsync();

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await app.DisposeAsync();
        key.Dispose();
    }
}
