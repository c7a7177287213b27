using Scoring.Grants;
using Scoring.Hosting;

namespace Scoring.Enrolments;

public sealed class OwnSubjectTests
{
    private const string Own = "/v1/me/subjects/safe-driver/0";

    private static string Wish(string? hash = null, string proofs = "\"a.b.c\"", string more = "") =>
        $"{{\"programme\":\"safe-driver\",\"ruleSet\":\"{hash ?? Some.Hash}\",\"handleProofs\":[{proofs}]{more}}}";

    [Fact]
    public async Task A_participant_enrols()
    {
        await using var gateway = await TestGateway.Start();
        var answer = await Post(gateway, "/v1/me/subjects", Wish());
        answer.Status.ShouldBe(201, answer.Text + gateway.Log.Text);
        answer.Headers.Location!.ToString().ShouldBe("/v1/me/subjects/safe-driver/3");
        answer.Text.ShouldBe("""{"ordinal":3,"receipt":"a.b.c"}""");
        gateway.City.Enrolment.Wish!.HandleProofs.ShouldBe(["a.b.c"]);
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
        var answer = await Post(gateway, "/v1/me/subjects", Wish());
        (answer.Status, answer.Problem).ShouldBe((status, problem));
    }

    [Fact]
    public async Task Consent_is_renewed_without_proofs()
    {
        await using var gateway = await TestGateway.Start();
        var answer = await Post(gateway, "/v1/me/subjects", Wish(proofs: "", more: ",\"renews\":3"));
        (answer.Status, answer.Text).ShouldBe((200, """{"ordinal":3,"receipt":"a.b.c"}"""), gateway.Log.Text);
        (gateway.City.Enrolment.Wish!.Renews, gateway.City.Enrolment.Wish.HandleProofs.Length).ShouldBe((3, 0));
    }

    [Theory]
    [InlineData("3", "\"a.b.c\"", "/handleProofs")]
    [InlineData("32", "", "/renews")]
    [InlineData("-1", "", "/renews")]
    [InlineData("null", "", "/handleProofs")]
    public async Task A_renewal_of_another_form_is_refused(string renews, string proofs, string pointer)
    {
        await using var gateway = await TestGateway.Start();
        var answer = await Post(gateway, "/v1/me/subjects", Wish(proofs: proofs, more: $",\"renews\":{renews}"));
        (answer.Problem, answer.Pointers.ShouldHaveSingleItem()).ShouldBe(("malformed-request", pointer));
        gateway.City.Enrolment.Wish.ShouldBeNull();
    }

    [Fact]
    public async Task A_wish_of_another_form_is_refused_with_every_fault()
    {
        await using var gateway = await TestGateway.Start();
        (await Post(gateway, "/v1/me/subjects", Wish("short", "null,\"nope\",\"a.b.c\""))).Pointers
            .ShouldBe(["/ruleSet", "/handleProofs/0", "/handleProofs/1"]);
        (await Post(gateway, "/v1/me/subjects", Wish(proofs: ""))).Pointers.ShouldBe(["/handleProofs"]);
        (await Post(gateway, "/v1/me/subjects", Wish().Replace("[\"a.b.c\"]", "null", StringComparison.Ordinal))).Status.ShouldBe(400);
        var unnamed = Wish().Replace("safe-driver", "Not A Name", StringComparison.Ordinal);
        (await Post(gateway, "/v1/me/subjects", unnamed)).Problem.ShouldBe("malformed-json");
        (await Post(gateway, "/v1/me/subjects", "{}")).Problem.ShouldBe("malformed-json");
        gateway.City.Enrolment.Wish.ShouldBeNull();
    }

    [Fact]
    public async Task Reads_of_ones_own_have_the_documented_shapes()
    {
        await using var gateway = await TestGateway.Start();
        (await Get(gateway, Own)).Text.ShouldBe(
            $$"""{"programme":"safe-driver","ordinal":0,"ruleSet":"{{Some.Hash}}","since":"2026-11-01","handles":"""
            + """[{"id":"h1","source":"urn:example:camera-7","since":"2026-11-23T07:15:00Z"}],"""
            + $$"""
            "lapsed":true,"coming":[{"ruleSet":2,"hash":"{{Some.Hash}}","firstDay":"2026-12-08","summary":"Milder.",
            "differences":["Speeding takes less."],"asksConsent":true}],"restricted":false}
            """.ReplaceLineEndings(""));
        (await Get(gateway, Own + "/receipt")).Text.ShouldBe("""{"receipt":"h.p.s"}""");
        (await Get(gateway, Own + "/history")).Text.ShouldBe(
            """{"entries":[{"turn":9,"kind":"grant-revoked","day":"2026-11-23","body":{"grant":"g1"}},"""
            + """{"turn":8,"kind":"erased","day":"2026-11-22","body":null}],"below":8}""");
        gateway.City.Enrolment.Page.ShouldBe((null, 100));
        (await Get(gateway, Own + "/grants")).Text.ShouldBe(
            """[{"id":"g1","service":"parking","since":"2026-11-23T07:15:00Z","until":null,"usesLeft":2}]""");
        var score = await Get(gateway, Own + "/score");
        var day = score.Json.GetProperty("rules")[0].GetProperty("days")[0];
        day.GetProperty("entries")[0].GetProperty("kind").GetString().ShouldBe("event");
        score.Headers.CacheControl!.NoStore.ShouldBeTrue();
        (await Get(gateway, "/v1/me/subjects?programme=safe-driver")).Json.GetArrayLength().ShouldBe(1);
        (await gateway.Send(HttpMethod.Delete, Own, "participant")).Text.ShouldBe("""{"entries":7,"receipt":"w.w.w"}""");
    }

    [Theory]
    [InlineData("/v1/me/subjects/safe-driver/1")]
    [InlineData("/v1/me/subjects/safe-driver/32")]
    [InlineData("/v1/me/subjects/safe-driver/-1")]
    [InlineData("/v1/me/subjects/safe-driver/x")]
    [InlineData("/v1/me/subjects/Not%20A%20Name/0")]
    [InlineData("/v1/me/subjects/clean-kitchen/0")]
    [InlineData("/v1/me/subjects/safe-driver/1/score")]
    [InlineData("/v1/me/subjects/safe-driver/1/history")]
    [InlineData("/v1/me/subjects/safe-driver/1/receipt")]
    [InlineData("/v1/me/subjects/safe-driver/1/looks")]
    [InlineData("/v1/me/subjects/safe-driver/32/looks")]
    [InlineData("/v1/me/subjects/safe-driver/1/grants")]
    public async Task What_is_not_there_is_not_found_whatever_the_reason(string path)
    {
        await using var gateway = await TestGateway.Start();
        (await Get(gateway, path)).Problem.ShouldBe("not-found");
    }

    [Theory]
    [InlineData("?below=9&count=500", 9L, 500)]
    [InlineData("?count=1", null, 1)]
    public async Task History_is_read_in_pages(string query, long? below, int count)
    {
        await using var gateway = await TestGateway.Start();
        (await Get(gateway, Own + "/history" + query)).Status.ShouldBe(200);
        gateway.City.Enrolment.Page.ShouldBe((below, count));
    }

    [Theory]
    [InlineData("?count=0")]
    [InlineData("?count=501")]
    [InlineData("?count=x")]
    [InlineData("?below=0")]
    [InlineData("?below=99999999999999999999")]
    public async Task A_page_of_another_form_is_refused(string query)
    {
        await using var gateway = await TestGateway.Start();
        (await Get(gateway, Own + "/history" + query)).Problem.ShouldBe("malformed-request");
    }

    [Theory]
    [InlineData("")]
    [InlineData("?programme=")]
    [InlineData("?programme=Not%20A%20Name")]
    public async Task A_list_needs_a_programme(string query)
    {
        await using var gateway = await TestGateway.Start();
        (await Get(gateway, "/v1/me/subjects" + query)).Problem.ShouldBe("malformed-request");
    }

    [Fact]
    public async Task A_grant_is_given_and_taken_back()
    {
        await using var gateway = await TestGateway.Start();
        var given = await Post(gateway, Own + "/grants", "{\"service\":\"parking\",\"until\":\"2027-01-01T00:00:00+01:00\"}");
        (given.Status, given.Headers.Location!.ToString()).ShouldBe((201, Own + "/grants/g1"));
        gateway.City.Grants.Wish.ShouldBe(new GrantRequest("parking", new DateTimeOffset(2026, 12, 31, 23, 0, 0, TimeSpan.Zero)));
        (await Post(gateway, Own + "/grants", "{\"service\":\"parking\"}")).Status.ShouldBe(201);
        (await Post(gateway, Own + "/grants", "{\"service\":\"parking\",\"uses\":1000000}")).Status.ShouldBe(201);
        gateway.City.Grants.Wish.ShouldBe(new GrantRequest("parking", null, 1_000_000));
        foreach (var uses in (string[])["0", "-1", "1000001"])
        {
            var refused = await Post(gateway, Own + "/grants", $"{{\"service\":\"parking\",\"uses\":{uses}}}");
            (refused.Status, refused.Problem).ShouldBe((400, "malformed-request"));
            refused.Json.GetProperty("errors")[0].GetProperty("pointer").GetString().ShouldBe("/uses");
        }
        (await Post(gateway, Own + "/grants", "{\"service\":\"parking\",\"uses\":1.5}")).Problem.ShouldBe("malformed-json");
        (await Post(gateway, Own + "/grants", "{\"service\":\"parking\",\"until\":\"tomorrow\"}")).Problem.ShouldBe("malformed-json");
        (await gateway.Send(HttpMethod.Delete, Own + "/grants/g1", "participant")).Status.ShouldBe(204);
        (await gateway.Send(HttpMethod.Delete, Own + "/grants/g2", "participant")).Problem.ShouldBe("not-found");
    }

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

    [Fact]
    public async Task Everything_is_paused_and_the_pause_lifted_as_often_as_one_likes()
    {
        await using var gateway = await TestGateway.Start();
        foreach (var (method, restricted) in new[] { (HttpMethod.Put, true), (HttpMethod.Delete, false) })
        {
            for (var time = 0; time < 2; time++)
            {
                var answer = await gateway.Send(method, Own + "/restriction", "participant");
                (answer.Status, answer.Text).ShouldBe((204, ""));
                (await Get(gateway, Own)).Json.GetProperty("restricted").GetBoolean().ShouldBe(restricted);
            }
            (await gateway.Send(method, "/v1/me/subjects/safe-driver/1/restriction", "participant")).Problem.ShouldBe("not-found");
            (await gateway.Send(method, "/v1/me/subjects/safe-driver/32/restriction", "participant")).Problem.ShouldBe("not-found");
        }
    }

    [Theory]
    [InlineData(GrantRefusal.SubjectUnknown, 404, "not-found")]
    [InlineData(GrantRefusal.ServiceUnknown, 422, "service-unknown")]
    [InlineData(GrantRefusal.UntilInPast, 422, "until-in-past")]
    [InlineData(GrantRefusal.TooManyGrants, 409, "too-many-grants")]
    [InlineData(GrantRefusal.UsesOutOfRange, 400, "malformed-request")]
    public async Task Every_refusal_of_a_grant_has_its_own_problem(GrantRefusal refusal, int status, string problem)
    {
        await using var gateway = await TestGateway.Start();
        gateway.City.Grants.Outcome = new GrantOutcome(null, refusal);
        var answer = await Post(gateway, Own + "/grants", "{\"service\":\"parking\"}");
        (answer.Status, answer.Problem).ShouldBe((status, problem));
    }

    private static Task<Answer> Get(TestGateway gateway, string path) => gateway.Get(path, "participant");

    private static Task<Answer> Post(TestGateway gateway, string path, string body) =>
        gateway.Send(HttpMethod.Post, path, "participant", body);
}
