using System.Net;
using System.Text;
using Microsoft.Extensions.Time.Testing;
using Scoring.Bridge.Settings;

namespace Scoring.Bridge.Tokens;

public sealed class SourceTokensTests : IDisposable
{
    private readonly ScratchPlace _place = new();
    private readonly FakeTimeProvider _time = new();
    private readonly Issuer _issuer = new();

    [Fact]
    public async Task A_token_file_is_read_again_for_each_request()
    {
        var token = Tokens(new PlatformOptions { TokenFile = _place.In("token") });
        (await Should.ThrowAsync<TokenException>(async () => await token(default))).Message.ShouldContain("token");
        await File.WriteAllTextAsync(_place.In("token"), "first\n");
        (await token(default)).ShouldBe("first");
        await File.WriteAllTextAsync(_place.In("token"), "second");
        (await token(default)).ShouldBe("second");
    }

    [Fact]
    public async Task A_token_by_client_credentials_is_kept_until_shortly_before_its_end()
    {
        var token = Client();
        (await token(default)).ShouldBe("token-1");
        _time.Advance(TimeSpan.FromSeconds(569));
        (await token(default)).ShouldBe("token-1");
        _time.Advance(TimeSpan.FromSeconds(1));
        (await token(default)).ShouldBe("token-2");
        _issuer.Requests[0].ShouldBe(
            ("Basic " + Convert.ToBase64String("source%201:secret%26"u8), "grant_type=client_credentials&scope=events"));
    }

    [Fact]
    public async Task A_secret_that_was_replaced_gets_the_next_token()
    {
        var token = Client();
        await token(default);
        await File.WriteAllTextAsync(_place.In("secret"), "next");
        (await token(default)).ShouldBe("token-1");
        _time.Advance(TimeSpan.FromSeconds(570));
        (await token(default)).ShouldBe("token-2");
        _issuer.Requests[1].Authorization.ShouldBe("Basic " + Convert.ToBase64String("source%201:next"u8));
    }

    [Theory]
    [InlineData(HttpStatusCode.Unauthorized, "{}")]
    [InlineData(HttpStatusCode.OK, "{\"token\":\"secret-of-the-answer\"}")]
    [InlineData(HttpStatusCode.OK, "secret-of-the-answer")]
    public async Task An_issuer_that_gives_no_token_is_asked_again_and_its_answer_is_not_repeated(HttpStatusCode status, string answer)
    {
        var token = Client();
        _issuer.Answer = (status, answer);
        (await Should.ThrowAsync<TokenException>(async () => await token(default))).Message.ShouldNotContain("secret");
        _issuer.Answer = null;
        (await token(default)).ShouldBe("token-2");
    }

    public void Dispose()
    {
        _issuer.Dispose();
        _place.Dispose();
    }

    private Func<CancellationToken, ValueTask<string?>> Client()
    {
        File.WriteAllText(_place.In("secret"), "secret&\n");
        return Tokens(new PlatformOptions
        {
            TokenEndpoint = new("https://issuer.test/token"), ClientId = "source 1", ClientSecretFile = _place.In("secret"),
            Scope = "events",
        });
    }

    private Func<CancellationToken, ValueTask<string?>> Tokens(PlatformOptions options) =>
        SourceTokens.Create(options, new HttpClient(_issuer, disposeHandler: false), _time);

    private sealed class Issuer : HttpMessageHandler
    {
        public List<(string? Authorization, string Form)> Requests { get; } = [];

        public (HttpStatusCode Status, string Text)? Answer { get; set; }

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Requests.Add((request.Headers.Authorization?.ToString(), await request.Content!.ReadAsStringAsync(cancellationToken)));
            var (status, text) = Answer ?? (HttpStatusCode.OK, $$"""{"access_token":"token-{{Requests.Count}}","expires_in":600}""");
            return new HttpResponseMessage(status) { Content = new StringContent(text, Encoding.UTF8, "application/json") };
        }
    }
}
