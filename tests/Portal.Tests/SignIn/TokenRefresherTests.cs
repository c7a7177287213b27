using System.Net;
using System.Security.Claims;
using System.Text;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Scoring.Hosting;

namespace Scoring.SignIn;

/// <summary>A session goes on while the provider continues it, and ends when it does not.</summary>
public sealed class TokenRefresherTests : IDisposable
{
    private static readonly TimeSpan Life = TimeSpan.FromMinutes(10);

    private readonly FakeTimeProvider _time = new();
    private readonly Provider _provider = new();
    private readonly HttpClient _http;
    private readonly SessionStore _store;
    private readonly TokenRefresher _refresher;

    public TokenRefresherTests()
    {
        _http = new HttpClient(_provider);
        _store = new SessionStore(new PortalOptions(), _time);
        _refresher = new TokenRefresher(_store, new Options(_http), _time);
    }

    public void Dispose()
    {
        _http.Dispose();
        _provider.Dispose();
    }

    [Fact]
    public async Task A_valid_token_is_used_as_it_is()
    {
        var key = await Begin();
        (await _refresher.AccessToken(key, CancellationToken.None)).ShouldBe("access-0");
        _provider.Asked.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_token_is_refreshed_before_it_ends_and_each_refresh_token_is_used_once()
    {
        var key = await Begin();
        foreach (var number in new[] { 1, 2, 3 })
        {
            _time.Advance(Life - TimeSpan.FromSeconds(29));
            (await _refresher.AccessToken(key, CancellationToken.None)).ShouldBe($"access-{number}");
        }
        _provider.Asked.ShouldBe(["refresh-0", "refresh-1", "refresh-2"]);
    }

    [Fact]
    public async Task Two_requests_at_the_same_time_refresh_once()
    {
        var key = await Begin();
        _time.Advance(Life);
        _provider.Gate = new TaskCompletionSource();
        var first = _refresher.AccessToken(key, CancellationToken.None);
        var second = _refresher.AccessToken(key, CancellationToken.None);
        (first.IsCompleted || second.IsCompleted).ShouldBeFalse();

        _provider.Gate.SetResult();

        (await Task.WhenAll(first, second)).ShouldBe(["access-1", "access-1"]);
        _provider.Asked.ShouldBe(["refresh-0"]);
    }

    [Theory]
    [InlineData(HttpStatusCode.BadRequest)]
    [InlineData(HttpStatusCode.Unauthorized)]
    public async Task A_session_that_the_provider_no_longer_continues_ends(HttpStatusCode refusal)
    {
        var key = await Begin();
        _time.Advance(Life);
        _provider.Status = refusal;
        await Should.ThrowAsync<SessionOverException>(() => _refresher.AccessToken(key, CancellationToken.None));
        _store.Find(key).ShouldBeNull();
        await Should.ThrowAsync<SessionOverException>(() => _refresher.AccessToken(key, CancellationToken.None));
        _provider.Asked.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_provider_that_fails_ends_no_session()
    {
        var key = await Begin();
        _time.Advance(Life);
        _provider.Status = HttpStatusCode.ServiceUnavailable;
        await Should.ThrowAsync<HttpRequestException>(() => _refresher.AccessToken(key, CancellationToken.None));
        _provider.Status = HttpStatusCode.OK;
        (await _refresher.AccessToken(key, CancellationToken.None)).ShouldStartWith("access-");
    }

    [Fact]
    public Task A_session_that_does_not_exist_is_over() =>
        Should.ThrowAsync<SessionOverException>(() => _refresher.AccessToken("no-key", CancellationToken.None));

    private Task<string> Begin()
    {
        var properties = new AuthenticationProperties { ExpiresUtc = _time.GetUtcNow().AddDays(1) };
        properties.StoreTokens(
        [
            new AuthenticationToken { Name = "access_token", Value = "access-0" },
            new AuthenticationToken { Name = "refresh_token", Value = "refresh-0" },
            new AuthenticationToken { Name = "expires_at", Value = (_time.GetUtcNow() + Life).ToString("o") },
        ]);
        return _store.StoreAsync(new AuthenticationTicket(new ClaimsPrincipal(new ClaimsIdentity("test")), properties, "test"));
    }

    /// <summary>A provider that numbers its tokens.</summary>
    private sealed class Provider : HttpMessageHandler
    {
        public List<string> Asked { get; } = [];

        public HttpStatusCode Status { get; set; } = HttpStatusCode.OK;

        public TaskCompletionSource? Gate { get; set; }

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var form = QueryHelpers.ParseQuery(await request.Content!.ReadAsStringAsync(cancellationToken));
            form["grant_type"].ToString().ShouldBe("refresh_token");
            form["client_id"].ToString().ShouldBe("portal");
            Asked.Add(form["refresh_token"].ToString());
            if (Gate is { } gate) await gate.Task;
            var number = Asked.Count;
            return new HttpResponseMessage(Status)
            {
                Content = new StringContent(
                    $$"""{"access_token":"access-{{number}}","refresh_token":"refresh-{{number}}","expires_in":{{Life.TotalSeconds}}}""",
                    Encoding.UTF8, "application/json"),
            };
        }
    }

    private sealed class Options(HttpClient http) : IOptionsMonitor<OpenIdConnectOptions>
    {
        public OpenIdConnectOptions CurrentValue { get; } = new()
        {
            ClientId = "portal", ClientSecret = "a-secret", Backchannel = http,
            ConfigurationManager = new StaticConfigurationManager<OpenIdConnectConfiguration>(
                new OpenIdConnectConfiguration { TokenEndpoint = "https://provider.example/token" }),
        };

        public OpenIdConnectOptions Get(string? name) => CurrentValue;

        public IDisposable? OnChange(Action<OpenIdConnectOptions, string?> listener) => null;
    }
}
