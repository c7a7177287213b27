using Scoring.Hosting;

namespace Scoring.About;

public sealed class AboutTests
{
    [Fact]
    public async Task The_root_says_what_answers_and_where_documentation_and_portal_are()
    {
        await using var gateway = await TestGateway.Start(("Gateway:About:Portal", "https://scores.city.example"));
        var answer = await gateway.Get("/");
        answer.Status.ShouldBe(200, answer.Text);
        answer.Json.GetProperty("name").GetString().ShouldBe("Scoring");
        answer.Json.GetProperty("portal").GetString().ShouldBe("https://scores.city.example");
        foreach (var member in (string[])["documentation", "openApi"])
        {
            var address = answer.Json.GetProperty(member).GetString()!;
            (await gateway.Get(address.TrimEnd('/') + (member == "documentation" ? "/" : ""))).Status.ShouldBe(200, address);
        }
    }

    [Fact]
    public async Task Without_a_portal_there_is_none()
    {
        await using var gateway = await TestGateway.Start();
        (await gateway.Get("/")).Json.GetProperty("portal").ValueKind.ShouldBe(System.Text.Json.JsonValueKind.Null);
    }

    [Fact]
    public async Task A_portal_that_is_no_web_address_is_refused_at_start()
    {
        var exception = await Should.ThrowAsync<Exception>(() => TestGateway.Start(("Gateway:About:Portal", "javascript:alert(1)")));
        exception.Message.ShouldContain("Gateway:About:Portal");
    }
}
