using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Scoring.City.Platform;

namespace Scoring.City.Tests.Platform;

public sealed class AdministratorClientTests
{
    private const string Draft = """{"programme" : {"id":"safe-driver"}}""";

    [Fact]
    public async Task A_draft_of_a_new_programme_is_posted_unchanged()
    {
        var (platform, administrator) = Create((HttpStatusCode.NotFound, "{}"), (HttpStatusCode.Created, """{"hash":"h"}"""));
        var put = await administrator.Draft("safe-driver", Encoding.UTF8.GetBytes(Draft), CancellationToken.None);
        put.GetProperty("hash").GetString().ShouldBe("h");
        platform.Requests.ShouldBe(["GET /v1/admin/programmes/safe-driver ", $"POST /v1/admin/programmes {Draft}"]);
        platform.Tokens.ShouldAllBe(token => token == "Bearer admin-token");
    }

    [Fact]
    public async Task A_draft_of_a_known_programme_replaces_the_draft_before()
    {
        var (platform, administrator) = Create((HttpStatusCode.OK, "{}"), (HttpStatusCode.OK, "{}"));
        await administrator.Draft("safe-driver", Encoding.UTF8.GetBytes(Draft), CancellationToken.None);
        platform.Requests[1].ShouldBe($"PUT /v1/admin/programmes/safe-driver/draft {Draft}");
    }

    [Fact]
    public async Task A_source_is_named_in_a_path_as_base64url()
    {
        var (platform, administrator) = Create((HttpStatusCode.OK, """{"done":true,"approvals":[]}"""));
        await administrator.Confirm("sources", "https://a.example/x?y", "h", CancellationToken.None);
        platform.Requests.ShouldBe(["""POST /v1/admin/sources/aHR0cHM6Ly9hLmV4YW1wbGUveD95/approvals {"hash":"h"}"""]);
    }

    [Fact]
    public async Task A_refusal_is_shown_with_every_error_and_problem()
    {
        const string refusal = """
            {"type":"urn:scoring:problem:content-at-fault","title":"Something is wrong.","status":422,"problems":[
             {"pointer":"/ruleSet/rules/0","code":"reason-missing","help":"Say why."},
             {"pointer":"/assessment","code":"member-missing","help":"Add it."}]}
            """;
        var (_, administrator) = Create((HttpStatusCode.UnprocessableEntity, refusal));
        var exception = await Should.ThrowAsync<CityException>(() => administrator.Validate("safe-driver", CancellationToken.None));
        exception.Message.Split('\n').ShouldBe(
        [
            "Something is wrong. (422)", "  /ruleSet/rules/0  reason-missing: Say why.", "  /assessment  member-missing: Add it.",
        ]);
        AdministratorClient.Refusal(HttpStatusCode.BadGateway, "<html>").ShouldBe("The platform answered with status 502.");
        AdministratorClient.Refusal(HttpStatusCode.BadRequest, """{"title":"No.","errors":[{"pointer":"/hash","detail":"Too short."}]}""")
            .ShouldBe("No. (400)\n  /hash: Too short.");
    }

    [Fact]
    public void The_standalone_file_has_a_token_for_each_administrator()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var file = Samples.StandaloneFile(key) with { Tokens = new DevelopmentTokens(["one", "two", "three"]) };
        file.AdministratorToken(3).ShouldBe("three");
        Should.Throw<CityException>(() => file.AdministratorToken(4));
        Should.Throw<CityException>(() => Samples.StandaloneFile(key).AdministratorToken(1));
    }

    private static (FakePlatform Platform, AdministratorClient Administrator) Create(params (HttpStatusCode, string)[] answers)
    {
        var platform = new FakePlatform(answers);
        return (platform, new AdministratorClient(new ApiClient([new Uri("http://127.0.0.1:1")], () => platform), "admin-token"));
    }

    private sealed class FakePlatform((HttpStatusCode Status, string Text)[] answers) : HttpMessageHandler
    {
        private readonly Queue<(HttpStatusCode Status, string Text)> _answers = new(answers);

        public List<string> Requests { get; } = [];

        public List<string> Tokens { get; } = [];

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var body = request.Content is { } content ? await content.ReadAsStringAsync(cancellationToken) : "";
            Requests.Add($"{request.Method} {request.RequestUri!.PathAndQuery} {body}");
            Tokens.Add(request.Headers.Authorization!.ToString());
            var (status, text) = _answers.Dequeue();
            return new HttpResponseMessage(status) { Content = new StringContent(text) };
        }
    }
}
