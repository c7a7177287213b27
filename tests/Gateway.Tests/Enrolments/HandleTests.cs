using Scoring.Hosting;

namespace Scoring.Enrolments;

/// <summary>Tests the routes by which a participant links and unlinks handles.</summary>
public sealed class HandleTests
{
    private const string Own = "/v1/me/subjects/safe-driver/0";

    [Fact]
    public async Task Handles_are_linked_listed_and_unlinked()
    {
        await using var gateway = await TestGateway.Start();
        const string H2 = """[{"id":"h2","source":"urn:example:camera-7","since":"2026-11-23T07:15:00Z"}]""";
        var linked = await Post(gateway, Own + "/handles", """{"handleProofs":["a.b.c"]}""");
        (linked.Status, linked.Text).ShouldBe((200, H2));
        gateway.City.Enrolment.Proofs.ShouldBe(["a.b.c"]);
        (await Post(gateway, Own + "/handles", """{"handleProofs":["a.b.c","x"]}""")).Pointers.ShouldBe(["/handleProofs/1"]);
        (await Post(gateway, Own + "/handles", """{"handleProofs":[]}""")).Pointers.ShouldBe(["/handleProofs"]);
        (await Get(gateway, Own + "/handles")).Text.ShouldBe(H2.Replace("h2", "h1", StringComparison.Ordinal));
        (await Get(gateway, "/v1/me/subjects/safe-driver/1/handles")).Problem.ShouldBe("not-found");
        (await gateway.Send(HttpMethod.Delete, Own + "/handles/h1", "participant")).Status.ShouldBe(204);
        (await gateway.Send(HttpMethod.Delete, Own + "/handles/h2", "participant")).Problem.ShouldBe("not-found");
    }

    [Theory]
    [InlineData(LinkRefusal.SubjectUnknown, 404, "not-found")]
    [InlineData(LinkRefusal.ProofRefused, 422, "proof-refused")]
    [InlineData(LinkRefusal.TooManyHandles, 409, "too-many-handles")]
    public async Task Every_refusal_of_handles_has_its_own_problem(LinkRefusal refusal, int status, string problem)
    {
        await using var gateway = await TestGateway.Start();
        gateway.City.Enrolment.LinkOutcome = new LinkOutcome(null, refusal);
        var answer = await Post(gateway, Own + "/handles", """{"handleProofs":["a.b.c"]}""");
        (answer.Status, answer.Problem).ShouldBe((status, problem));
    }

    private static Task<Answer> Get(TestGateway gateway, string path) => gateway.Get(path, "participant");

    private static Task<Answer> Post(TestGateway gateway, string path, string body) =>
        gateway.Send(HttpMethod.Post, path, "participant", body);
}
