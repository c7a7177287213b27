using Scoring.Hosting;

namespace Scoring.Programmes;

public sealed class ProgrammeTests
{
    [Fact]
    public async Task Everybody_reads_the_programmes_with_their_rules()
    {
        await using var gateway = await TestGateway.Start();
        var answer = await gateway.Get("/v1/programmes/safe-driver");

        answer.Status.ShouldBe(200, answer.Text + gateway.Log.Text);
        answer.Json.GetProperty("today").GetString().ShouldBe("2026-11-23");
    }
}
