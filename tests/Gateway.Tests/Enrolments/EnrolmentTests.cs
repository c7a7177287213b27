using Scoring.Hosting;

namespace Scoring.Enrolments;

/// <summary>Tests enrolment and the renewal of consent.</summary>
public sealed class EnrolmentTests
{
    private const string Path = "/v1/me/subjects";

    [Fact]
    public async Task A_participant_enrols()
    {
        await using var gateway = await TestGateway.Start();
        var answer = await Post(gateway, EnrolmentBody());
        answer.Status.ShouldBe(201, answer.Text + gateway.Log.Text);
        answer.Headers.Location!.ToString().ShouldBe("/v1/me/subjects/safe-driver/3");
        answer.Text.ShouldBe("""{"ordinal":3,"receipt":"a.b.c"}""");
        gateway.City.Enrolment.Request!.HandleProofs.ShouldBe(["a.b.c"]);
    }

    [Theory]
    [InlineData(EnrolRefusal.ProgrammeUnknown, 422, "programme-unknown")]
    [InlineData(EnrolRefusal.RuleSetNotInForce, 409, "rule-set-not-in-force")]
    [InlineData(EnrolRefusal.ProofRefused, 422, "proof-refused")]
    [InlineData(EnrolRefusal.TooManySubjects, 409, "too-many-subjects")]
    [InlineData(EnrolRefusal.SubjectUnknown, 404, "not-found")]
    public async Task Every_refusal_has_its_own_problem(EnrolRefusal refusal, int status, string problem)
    {
        await using var gateway = await TestGateway.Start();
        gateway.City.Enrolment.Outcome = new EnrolOutcome(null, refusal);
        var answer = await Post(gateway, EnrolmentBody());
        (answer.Status, answer.Problem).ShouldBe((status, problem));
    }

    [Fact]
    public async Task Consent_is_renewed_without_proofs()
    {
        await using var gateway = await TestGateway.Start();
        var answer = await Post(gateway, EnrolmentBody(proofs: "", more: ",\"renews\":3"));
        (answer.Status, answer.Text).ShouldBe((200, """{"ordinal":3,"receipt":"a.b.c"}"""), gateway.Log.Text);
        (gateway.City.Enrolment.Request!.Renews, gateway.City.Enrolment.Request.HandleProofs.Length).ShouldBe((3, 0));
    }

    [Theory]
    [InlineData("3", "\"a.b.c\"", "/handleProofs")]
    [InlineData("32", "", "/renews")]
    [InlineData("-1", "", "/renews")]
    [InlineData("null", "", "/handleProofs")]
    public async Task A_malformed_renewal_is_refused(string renews, string proofs, string pointer)
    {
        await using var gateway = await TestGateway.Start();
        var answer = await Post(gateway, EnrolmentBody(proofs: proofs, more: $",\"renews\":{renews}"));
        (answer.Problem, answer.Pointers.ShouldHaveSingleItem()).ShouldBe(("malformed-request", pointer));
        gateway.City.Enrolment.Request.ShouldBeNull();
    }

    [Fact]
    public async Task A_malformed_request_is_refused_with_every_fault()
    {
        await using var gateway = await TestGateway.Start();
        (await Post(gateway, EnrolmentBody("short", "null,\"nope\",\"a.b.c\""))).Pointers
            .ShouldBe(["/ruleSet", "/handleProofs/0", "/handleProofs/1"]);
        (await Post(gateway, EnrolmentBody(proofs: ""))).Pointers.ShouldBe(["/handleProofs"]);
        (await Post(gateway, EnrolmentBody().Replace("[\"a.b.c\"]", "null", StringComparison.Ordinal))).Status.ShouldBe(400);
        var unnamed = EnrolmentBody().Replace("safe-driver", "Not A Name", StringComparison.Ordinal);
        (await Post(gateway, unnamed)).Problem.ShouldBe("malformed-json");
        (await Post(gateway, "{}")).Problem.ShouldBe("malformed-json");
        gateway.City.Enrolment.Request.ShouldBeNull();
    }

    private static string EnrolmentBody(string? hash = null, string proofs = "\"a.b.c\"", string more = "") =>
        $"{{\"programme\":\"safe-driver\",\"ruleSet\":\"{hash ?? Some.Hash}\",\"handleProofs\":[{proofs}]{more}}}";

    private static Task<Answer> Post(TestGateway gateway, string body) =>
        gateway.Send(HttpMethod.Post, Path, "participant", body);
}
