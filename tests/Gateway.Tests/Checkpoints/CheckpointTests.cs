using Scoring.Hosting;

namespace Scoring.Checkpoints;

public sealed class CheckpointTests
{
    private const string Hash = "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f";

    [Fact]
    public async Task Anyone_reads_checkpoints_and_their_keys_as_text()
    {
        await using var gateway = await TestGateway.Start();
        foreach (var (path, text) in ((string, string)[])[
            ("latest", "log\n2\n\n— log signed\n"), ("1", "log\n1\n\n— log signed\n"), ("keys", "log+1+a\nwitness+2+b\n")])
        {
            var answer = await gateway.Get($"/v1/checkpoints/{path}");
            (answer.Status, answer.Text, answer.ContentHeaders.ContentType!.MediaType).ShouldBe((200, text, "text/plain"), path);
        }
    }

    [Fact]
    public async Task Before_the_first_checkpoint_there_is_nothing()
    {
        await using var gateway = await TestGateway.Start();
        gateway.City.Checkpoints.IsEmpty = true;
        (await gateway.Get("/v1/checkpoints/latest")).Problem.ShouldBe("not-found");
        (await gateway.Get("/v1/checkpoints/3")).Problem.ShouldBe("not-found");
    }

    [Fact]
    public async Task A_consistency_proof_is_in_hexadecimal_digits()
    {
        await using var gateway = await TestGateway.Start();
        var answer = await gateway.Get("/v1/checkpoints/consistency?from=1&to=2");
        answer.Text.ShouldBe(
            $$"""{"from":1,"to":2,"proof":["{{Hash}}"],"partitions":[{"partition":0,"fromSize":256,"toSize":512,"proof":["{{Hash}}"]}]}""");
    }

    [Fact]
    public async Task A_consistency_proof_is_made_once_and_may_be_cached()
    {
        await using var gateway = await TestGateway.Start(("Gateway:Proofs:CacheSeconds", "120"));
        var first = await gateway.Get("/v1/checkpoints/consistency?from=1&to=2");
        first.Headers.CacheControl!.ToString().ShouldBe("public, max-age=120");
        (await gateway.Get("/v1/checkpoints/consistency?from=1&to=2")).Text.ShouldBe(first.Text);
        (await gateway.Send(HttpMethod.Post, "/v1/checkpoints/2/witnesses", null, """{"from":1}""")).Status.ShouldBe(200);
        gateway.City.Checkpoints.ProofsMade.ShouldBe(1);

        (await gateway.Get("/v1/checkpoints/consistency?from=1&to=3")).Headers.CacheControl!.NoStore.ShouldBeTrue();
        (await gateway.Get("/v1/checkpoints/consistency?from=1&to=3")).Problem.ShouldBe("not-found");
        gateway.City.Checkpoints.ProofsMade.ShouldBe(3, "what does not exist yet is asked for again");
        (await gateway.Get("/v1/checkpoints/latest")).Headers.CacheControl!.NoStore.ShouldBeTrue();
    }

    [Theory]
    [InlineData("from=0&to=2", 400, "malformed-request")]
    [InlineData("from=2&to=1", 400, "malformed-request")]
    [InlineData("from=1", 400, "malformed-request")]
    [InlineData("from=a&to=2", 400, "malformed-request")]
    [InlineData("from=1&to=3", 404, "not-found")]
    public async Task What_cannot_be_proven_is_refused(string query, int status, string problem)
    {
        await using var gateway = await TestGateway.Start();
        var answer = await gateway.Get($"/v1/checkpoints/consistency?{query}");
        (answer.Status, answer.Problem).ShouldBe((status, problem));
    }

    [Theory]
    [InlineData("""{"from":1}""", true, false)]
    [InlineData("""{"from":0}""", false, false)]
    [InlineData("""{"from":0,"cosignature":"— witness ok"}""", false, true)]
    public async Task A_witness_gets_note_and_proof_and_leaves_its_cosignature(string body, bool proven, bool kept)
    {
        await using var gateway = await TestGateway.Start();
        var answer = await gateway.Send(HttpMethod.Post, "/v1/checkpoints/2/witnesses", null, body);
        answer.Status.ShouldBe(200, answer.Text);
        answer.Json.GetProperty("note").GetString().ShouldBe("log\n2\n\n— log signed\n");
        (answer.Json.GetProperty("consistency").ValueKind != System.Text.Json.JsonValueKind.Null).ShouldBe(proven);
        answer.Json.GetProperty("isKept").GetBoolean().ShouldBe(kept);
    }

    [Theory]
    [InlineData("2", """{"from":0,"cosignature":"— witness wrong"}""", 422, "cosignature-refused")]
    [InlineData("3", """{"from":0}""", 404, "not-found")]
    [InlineData("1", """{"from":2}""", 400, "malformed-request")]
    [InlineData("1", """{"from":-1}""", 400, "malformed-request")]
    [InlineData("1", "{}", 400, "malformed-json")]
    public async Task A_witness_with_an_unknown_or_malformed_request_is_refused(string number, string body, int status, string problem)
    {
        await using var gateway = await TestGateway.Start();
        var answer = await gateway.Send(HttpMethod.Post, $"/v1/checkpoints/{number}/witnesses", null, body);
        (answer.Status, answer.Problem).ShouldBe((status, problem));
    }
}
