using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using Scoring.Hosting;
using Scoring.Ledger;
using Scoring.Limits;
using Scoring.Scores;
using Scoring.Testing;

namespace Scoring.Problems;

public sealed class ProblemTests(RunningGateway running) : IClassFixture<RunningGateway>
{
    [Theory]
    [InlineData("GET", "/v1", 404, "not-found")]
    [InlineData("GET", "/v2/programmes", 404, "not-found")]
    [InlineData("GET", "/v1/programmes/unknown", 404, "not-found")]
    [InlineData("GET", "/v1/programmes/UNKNOWN", 404, "not-found")]
    [InlineData("GET", "/v1/programmes/safe-driver/rulesets/2", 404, "not-found")]
    [InlineData("GET", "/v1/programmes/safe-driver/rulesets/0", 404, "not-found")]
    [InlineData("GET", "/v1/events", 405, "method-not-allowed")]
    [InlineData("PUT", "/v1/events", 405, "method-not-allowed")]
    [InlineData("DELETE", "/v1/programmes", 405, "method-not-allowed")]
    [InlineData("OPTIONS", "/v1/events", 405, "method-not-allowed")]
    [InlineData("POST", "/v1/events", 401, "unauthenticated")]
    public async Task Every_refusal_is_problem_details(string method, string path, int status, string problem)
    {
        var answer = await running.Gateway.Send(new HttpMethod(method), path, null);
        (answer.Status, answer.Problem).ShouldBe((status, problem));
        answer.Headers.GetValues("X-Content-Type-Options").ShouldBe(["nosniff"]);
        answer.Headers.Contains("Server").ShouldBeFalse();
        if (status == 405) answer.ContentHeaders.Allow.ShouldNotBeEmpty();
    }

    [Fact]
    public async Task A_body_that_is_not_JSON_by_its_type_is_unsupported() =>
        (await running.Gateway.Send(HttpMethod.Post, "/v1/scores/query", "service", "{}", "text/plain")).Problem
            .ShouldBe("unsupported-media-type");

    [Theory]
    [InlineData("/health/live", 200)]
    [InlineData("/v1/programmes", 200)]
    [InlineData("/nowhere", 404)]
    [InlineData("/v1/events", 405)]
    public async Task HEAD_is_GET_without_a_body(string path, int status)
    {
        var answer = await running.Gateway.Send(HttpMethod.Head, path, null);
        (answer.Status, answer.Text).ShouldBe((status, ""));
    }

    public static TheoryData<Exception, int> Unexpected { get; } = new()
    {
        { new LedgerUnavailableException(), 503 },
        { new RuleBookStaleException(), 503 },
        { new TimeoutException("secret"), 503 },
        { new Orleans.Runtime.SiloUnavailableException("secret"), 503 },
        { new InvalidOperationException("secret"), 500 },
        { new FormatException("secret"), 500 },
    };

    [Theory, MemberData(nameof(Unexpected), DisableDiscoveryEnumeration = true)]
    public async Task No_text_of_an_exception_leaves_or_is_logged(Exception exception, int status)
    {
        await using var gateway = await TestGateway.Start();
        gateway.City.OnAppend = _ => Task.FromException<Intake.IntakeOutcome>(exception);
        var answer = await gateway.PostEvents(Some.Event());
        (answer.Status, answer.Problem).ShouldBe((status, status == 503 ? "unavailable" : "internal"));
        (answer.Headers.RetryAfter is not null).ShouldBe(status == 503);
        answer.Text.ShouldNotContain("secret");
        gateway.Log.Text.ShouldNotContain("secret");
    }

    [Fact]
    public async Task Nothing_a_request_holds_is_logged()
    {
        await using var gateway = await TestGateway.Start();
        var token = gateway.Token("source");
        await gateway.Send(HttpMethod.Post, "/v1/events", token, Some.Event("id-in-body"), "application/cloudevents+json");
        await gateway.Send(HttpMethod.Post, "/v1/events", token, "{id-in-body", "application/cloudevents+json");
        await gateway.Send(HttpMethod.Post, "/v1/scores/query", "service", "{\"grant\":\"grant-in-body\",\"grant\":1}");
        await gateway.Get("/v1/me/subjects?programme=in-query", "participant");
        await gateway.Get("/v1/me/subjects/safe-driver/0/grants/grant-in-path", "participant");
        await gateway.Get("/v1/me/subjects?programme=in-query", token[..^4]);

        var log = gateway.Log.Text;
        string[] secrets = [token[..^4], "in-body", "in-query", "in-path", Some.Handle, Some.Participant];
        foreach (var secret in secrets) log.ShouldNotContain(secret);
    }

    [Fact]
    public async Task Every_limit_is_documented_with_its_default_and_range()
    {
        var page = await File.ReadAllTextAsync(Path.Combine(Repository.Root, "docs", "api.md"));
        var limits = new GatewayLimits();
        foreach (var property in typeof(GatewayLimits).GetProperties())
        {
            var range = property.GetCustomAttribute<RangeAttribute>().ShouldNotBeNull(property.Name);
            var row = page.Split('\n').Single(line => line.StartsWith($"| `{property.Name}`", StringComparison.Ordinal)).Split('|');
            row[2].Trim().ShouldBe(string.Create(CultureInfo.InvariantCulture, $"{property.GetValue(limits)}"));
            row[3].Trim().ShouldBe(string.Create(CultureInfo.InvariantCulture, $"{range.Minimum} to {range.Maximum}"), property.Name);
        }
    }

    [Fact]
    public async Task Every_kind_is_documented()
    {
        var page = await File.ReadAllTextAsync(Path.Combine(Repository.Root, "docs", "api.md"));
        foreach (var problem in Problem.All) page.ShouldContain($"`{problem.Name}` | {problem.Status}");
    }
}
