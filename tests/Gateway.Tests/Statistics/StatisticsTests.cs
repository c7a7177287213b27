using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Scoring.Hosting;

namespace Scoring.Statistics;

public sealed class StatisticsTests(RunningGateway running) : IClassFixture<RunningGateway>
{
    private const string Path = "/v1/programmes/safe-driver/statistics/2026-09";

    [Fact]
    public async Task A_months_document_is_served_byte_by_byte_and_may_be_cached_permanently()
    {
        for (var time = 0; time < 2; time++)
        {
            var answer = await running.Gateway.Get(Path);
            (answer.Status, answer.Text).ShouldBe((200, FakeStatistics.Document));
            answer.ContentHeaders.ContentType!.ToString().ShouldBe("application/json");
            answer.Headers.ETag!.ToString()
                .ShouldBe($"\"{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(FakeStatistics.Document)))}\"");
            answer.Headers.CacheControl!.ToString().ShouldBe("public, max-age=31536000, immutable");
        }
    }

    [Fact]
    public async Task A_client_that_has_the_document_gets_not_modified()
    {
        var tag = (await running.Gateway.Get(Path)).Headers.ETag!;
        var answer = await running.Gateway.Send(HttpMethod.Get, Path, null, change: request => request.Headers.IfNoneMatch.Add(tag));
        (answer.Status, answer.Text).ShouldBe((304, ""));
        answer.Headers.CacheControl!.Public.ShouldBeTrue();
        var head = await running.Gateway.Send(HttpMethod.Head, Path, null);
        (head.Status, head.Text, head.Headers.ETag).ShouldBe((200, "", tag));
    }

    [Fact]
    public async Task Before_its_day_the_answer_names_that_day_and_is_not_cached()
    {
        var answer = await running.Gateway.Get("/v1/programmes/safe-driver/statistics/2026-10");
        (answer.Status, answer.Problem).ShouldBe((404, "statistics-not-there-yet"));
        answer.Json.GetProperty("detail").GetString().ShouldBe("The statistics exist from this day on: 2026-12-02");
        answer.Headers.CacheControl!.NoStore.ShouldBeTrue();
    }

    [Theory]
    [InlineData("safe-driver/statistics/2026-08")]
    [InlineData("unknown/statistics/2026-09")]
    [InlineData("safe-driver/statistics/2026-13")]
    [InlineData("safe-driver/statistics/2026-9")]
    [InlineData("safe-driver/statistics/2026-09-01")]
    [InlineData("safe-driver/statistics/9999-12")]
    [InlineData("safe-driver/statistics")]
    public async Task A_month_that_can_never_have_statistics_is_not_found(string path)
    {
        var answer = await running.Gateway.Get("/v1/programmes/" + path);
        (answer.Status, answer.Problem).ShouldBe((404, "not-found"));
        answer.Headers.CacheControl!.NoStore.ShouldBeTrue();
    }

    [Fact]
    public async Task The_description_has_the_members_that_the_document_has()
    {
        var schemas = (await running.Gateway.Get("/openapi/v1.json")).Json.GetProperty("components").GetProperty("schemas");
        var document = JsonNode.Parse(FakeStatistics.Document)!;
        Members(schemas, "MonthStatistics").ShouldBe(Members(document));
        Members(schemas, "MonthContests").ShouldBe(Members(document["contests"]!));
        Members(schemas, "MonthEvents").ShouldBe(Members(document["events"]![0]!));
    }

    private static IEnumerable<string> Members(JsonElement schemas, string name) =>
        schemas.GetProperty(name).GetProperty("properties").EnumerateObject().Select(member => member.Name).Order(StringComparer.Ordinal);

    private static IEnumerable<string> Members(JsonNode node) => node.AsObject().Select(member => member.Key).Order(StringComparer.Ordinal);
}
