using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Scoring.Hosting;

/// <summary>A gateway that one test uses alone, with fake grains behind it, and an HTTP client of it.</summary>
internal sealed class TestGateway : IAsyncDisposable
{
    public const string Issuer = "https://tokens.example";

    private readonly GatewayServer _server;
    private readonly bool _shared;

    private TestGateway(GatewayServer server, bool shared)
    {
        _server = server;
        _shared = shared;
        Client = new HttpClient { BaseAddress = Address };
    }

    public FakeCity City => _server.City;

    public LogLines Log => _server.Log;

    public HttpClient Client { get; }

    public Uri Address => _server.Address;

    public SigningCredentials Credentials =>
        new(new ECDsaSecurityKey(_server.Key) { KeyId = "k1" }, SecurityAlgorithms.EcdsaSha256);

    public IServiceProvider Services => _server.Services;

    /// <summary>Takes a gateway with the default settings; another test may have used it before.</summary>
    public static async Task<TestGateway> Start() => new(await IdleGateways.Take(), shared: true);

    /// <summary>Starts a gateway with the settings of this test.</summary>
    public static Task<TestGateway> Start(params (string Key, string Value)[] settings) => Start(TimeProvider.System, settings);

    public static Task<TestGateway> Start(TimeProvider time, params (string Key, string Value)[] settings) =>
        Start(time, _ => { }, settings);

    public static async Task<TestGateway> Start(TimeProvider time, Action<FakeCity> prepare, params (string Key, string Value)[] settings)
    {
        var city = new FakeCity();
        prepare(city);
        return new TestGateway(await GatewayServer.Start(city, time, settings), shared: false);
    }

    public static string Jwks(ECDsa key) => Jwks((key, "k1"));

    public static string Jwks(params (ECDsa Key, string Id)[] keys)
    {
        var each = keys.Select(one =>
        {
            var point = one.Key.ExportParameters(false).Q;
            var x = Base64UrlEncoder.Encode(point.X);
            var y = Base64UrlEncoder.Encode(point.Y);
            return $$"""{"kty":"EC","crv":"P-256","kid":"{{one.Id}}","x":"{{x}}","y":"{{y}}"}""";
        });
        return $$"""{"keys":[{{string.Join(',', each)}}]}""";
    }

    public string Token(string role, Action<SecurityTokenDescriptor>? change = null)
    {
        var descriptor = new SecurityTokenDescriptor
        {
            TokenType = "at+jwt",
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

    /// <summary>Sends a request with a token of a role, or with a given token; without a token when the role is null.</summary>
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

    public Task Stop() => _server.Stop();

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        if (_shared) await IdleGateways.Give(_server);
        else await _server.DisposeAsync();
    }
}
