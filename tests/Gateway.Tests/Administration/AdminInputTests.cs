using System.Text;
using Scoring.Hosting;

namespace Scoring.Administration;

/// <summary>Sends malformed bodies to the administrators' routes: each is refused as the sender's fault before a grain is called.</summary>
public sealed class AdminInputTests
{
    private const string Own = "/v1/admin/programmes/safe-driver";

    public static TheoryData<string, string> Documents { get; } = new()
    {
        { "", "malformed-json" },
        { " ", "malformed-json" },
        { "{", "malformed-json" },
        { "nothing", "malformed-json" },
        { "null", "malformed-json" },
        { "[]", "malformed-json" },
        { "\"text\"", "malformed-json" },
        { "{} {}", "malformed-json" },
        { "{\"programme\":{},\"programme\":{}}", "malformed-json" },
        { "{\"programme\":{\"id\":\"a\",\"i\\u0064\":\"b\"}}", "malformed-json" },
        { "{\"a\":\"\\ud800\"}", "malformed-json" },
        { "{\"\\udc00\":1}", "malformed-json" },
        { "{\"a\":1,}", "malformed-json" },
        { "{\"a\":/* why */1}", "malformed-json" },
        { "{\"a\":01}", "malformed-json" },
        { "\uFEFF{}", "malformed-json" },
        { Deep(40), "malformed-json" },
        { Deep(100_000), "malformed-json" },
        { "{\"a\":\"" + new string('x', 1024 * 1024) + "\"}", "too-large" },
    };

    [Theory, MemberData(nameof(Documents), DisableDiscoveryEnumeration = true)]
    public async Task A_body_that_is_no_valid_JSON_object_reaches_no_grain(string body, string problem)
    {
        await using var gateway = await TestGateway.Start();
        foreach (var (method, path) in Bodies())
        {
            var answer = await gateway.Send(method, path, "administrator", body);
            answer.Problem.ShouldBe(problem, path);
        }

        gateway.City.Administration.Calls.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_body_that_is_not_UTF_8_or_not_JSON_by_its_type_is_refused()
    {
        await using var gateway = await TestGateway.Start();
        foreach (var (method, path) in Bodies())
        {
            var latin = await gateway.Send(method, path, "administrator", "{}", change: r =>
            {
                r.Content = new ByteArrayContent([(byte)'{', (byte)'"', 0xE9, (byte)'"', (byte)':', (byte)'1', (byte)'}']);
                r.Content.Headers.ContentType = new("application/json");
            });
            latin.Problem.ShouldBe("malformed-json");
            foreach (var type in new[] { "text/plain", "application/json; charset=utf-16", "application/cbor" })
                (await gateway.Send(method, path, "administrator", "{}", type)).Problem.ShouldBe("unsupported-media-type");
            (await gateway.Send(method, path, "administrator", "{}", change: r => r.Content!.Headers.ContentEncoding.Add("gzip")))
                .Problem.ShouldBe("unsupported-media-type");
            (await gateway.Send(method, path, "administrator")).Problem.ShouldBe("unsupported-media-type");
        }
    }

    [Theory]
    [InlineData("""{}""")]
    [InlineData("""{"programme":[]}""")]
    [InlineData("""{"programme":{}}""")]
    [InlineData("""{"programme":{"id":7}}""")]
    [InlineData("""{"programme":{"id":"Not A Name"}}""")]
    [InlineData("""{"programme":{"id":"../../x"}}""")]
    public async Task A_new_programme_needs_a_name(string body)
    {
        await using var gateway = await TestGateway.Start();
        var answer = await gateway.Send(HttpMethod.Post, "/v1/admin/programmes", "administrator", body);
        (answer.Problem, answer.Pointers.ShouldHaveSingleItem()).ShouldBe(("malformed-request", "/programme/id"));
        gateway.City.Administration.Calls.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("""{"hash":""}""", "malformed-request")]
    [InlineData("""{"hash":"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"}""", "malformed-request")]
    [InlineData("""{"hash":"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"}""", "malformed-request")]
    [InlineData("""{"hash":"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"}""", "malformed-request")]
    [InlineData("""{"hash":"gaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"}""", "malformed-request")]
    [InlineData("""{"hash":null}""", "malformed-json")]
    [InlineData("""{"hash":7}""", "malformed-json")]
    [InlineData("""{"hash":"a","hash":"a"}""", "malformed-json")]
    [InlineData("""{"hash":"a","by":"me"}""", "malformed-json")]
    [InlineData("{}", "malformed-json")]
    [InlineData("[]", "malformed-json")]
    [InlineData("", "malformed-json")]
    public async Task A_malformed_approval_reaches_no_grain(string body, string problem)
    {
        await using var gateway = await TestGateway.Start();
        string[] paths =
            [Own + "/draft/approvals", "/v1/admin/services/parking/approvals", "/v1/admin/event-types/traffic.trip/approvals"];
        foreach (var path in paths)
        {
            var answer = await gateway.Send(HttpMethod.Post, path, "administrator", body);
            answer.Status.ShouldBe(400, path);
            if (body.Length > 0) answer.Problem.ShouldBe(problem, path);
        }

        gateway.City.Administration.Calls.ShouldBeEmpty();
    }

    [Fact]
    public async Task The_size_limit_of_a_document_is_exact_to_the_byte()
    {
        await using var gateway = await Limited("1024", "2048");
        (await gateway.Send(HttpMethod.Put, Own + "/draft", "administrator", Sized(1024))).Status.ShouldBe(200);
        (await gateway.Send(HttpMethod.Put, Own + "/draft", "administrator", Sized(1025))).Problem.ShouldBe("too-large");
        await using var other = await Limited("8192", "1024");
        (await other.Send(HttpMethod.Put, Own + "/draft", "administrator", Sized(8192))).Status.ShouldBe(200);
    }

    [Theory]
    [InlineData(32, 200)]
    [InlineData(33, 400)]
    public async Task The_depth_limit_of_a_document_is_exact(int levels, int status)
    {
        await using var gateway = await TestGateway.Start();
        (await gateway.Send(HttpMethod.Put, Own + "/draft", "administrator", Deep(levels))).Status.ShouldBe(status);
    }

    [Fact]
    public async Task A_syntax_error_names_its_line_and_byte()
    {
        await using var gateway = await TestGateway.Start();
        var answer = await gateway.Send(HttpMethod.Put, Own + "/draft", "administrator", "{\"programme\":{},\n\"ruleSet\":}");
        answer.Json.GetProperty("detail").GetString()!.ShouldContain("line 2, byte 11");
    }

    [Fact]
    public async Task No_draft_and_no_author_is_logged()
    {
        string[] bodies =
            ["{\"in-body\":1}", "{\"in-body\":1,\"in-body\":2}", "{in-body", "{\"programme\":{\"id\":\"in-body\"}}"];
        await using var gateway = await TestGateway.Start();
        foreach (var (method, path) in Bodies())
        foreach (var body in bodies)
            await gateway.Send(method, path, "administrator", body);
        await gateway.Send(HttpMethod.Put, Own + "/suspension", "administrator", "{\"reason\":\"in-body\"}");
        await gateway.Send(HttpMethod.Post, Own + "/draft/approvals", "administrator", "{\"hash\":\"in-body\",\"in-body\":1}");
        gateway.City.Administration.Calls.ShouldContain("safe-driver suspend pairwise-1 in-body");
        foreach (var secret in new[] { "in-body", Some.Participant }) gateway.Log.Text.ShouldNotContain(secret);
    }

    private static Task<TestGateway> Limited(string adminBytes, string eventBytes) => TestGateway.Start(
        ("Gateway:Limits:AdminBodyBytesMax", adminBytes), ("Gateway:Limits:BodyBytesMax", eventBytes));

    private static (HttpMethod Method, string Path)[] Bodies() =>
    [
        (HttpMethod.Post, "/v1/admin/programmes"), (HttpMethod.Put, Own + "/draft"), (HttpMethod.Post, "/v1/admin/event-types"),
        (HttpMethod.Post, "/v1/admin/sources"), (HttpMethod.Post, "/v1/admin/services"),
        (HttpMethod.Post, "/v1/admin/drafts/validation"), (HttpMethod.Post, "/v1/admin/drafts/workbench"),
    ];

    private static string Deep(int levels) =>
        new StringBuilder().Insert(0, "{\"a\":", levels - 1).Append("{}").Append('}', levels - 1).ToString();

    private static string Sized(int bytes) => "{\"a\":\"" + new string('x', bytes - 8) + "\"}";
}
