using Scoring.Administration;
using Scoring.Hosting;

namespace Scoring.SetAside;

public sealed class SetAsideRouteTests
{
    private const string Path = "/v1/admin/set-aside";

    [Fact]
    public async Task Groups_are_shown_with_words_and_without_numbers_about_few()
    {
        await using var gateway = await TestGateway.Start();
        (await gateway.Get(Path, "administrator")).Text.ShouldBe(
            """
            {"groups":[{"programme":"safe-driver","kind":"event","eventType":"traffic.speeding","ruleSet":1,"fault":"code-unknown",
            "outdated":true,"subjects":20,"entries":40},
            {"programme":"safe-driver","kind":"contest-opened","eventType":null,"ruleSet":1,"fault":"body-not-json",
            "outdated":false,"subjects":null,"entries":null}],"replaying":["safe-driver"]}
            """.ReplaceLineEndings(""));
    }

    [Fact]
    public async Task A_replay_is_requested_for_one_programme()
    {
        await using var gateway = await TestGateway.Start();
        var answer = await gateway.Send(HttpMethod.Post, Path, "administrator", """{"programme":"safe-driver"}""");
        (answer.Status, answer.Headers.Location!.ToString()).ShouldBe((202, Path));
        gateway.City.SetAside.Replays.ShouldBe(["pairwise-1 safe-driver"]);
        gateway.City.SetAside.Refusal = AdminRefusal.Unknown;
        (await gateway.Send(HttpMethod.Post, Path, "administrator", """{"programme":"safe-driver"}""")).Problem.ShouldBe("not-found");
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"programme":"Not A Name"}""")]
    [InlineData("""{"programme":"safe-driver","subject":1}""")]
    public async Task A_malformed_request_is_refused(string body)
    {
        await using var gateway = await TestGateway.Start();
        (await gateway.Send(HttpMethod.Post, Path, "administrator", body)).Status.ShouldBe(400);
        gateway.City.SetAside.Replays.ShouldBeEmpty();
    }
}
