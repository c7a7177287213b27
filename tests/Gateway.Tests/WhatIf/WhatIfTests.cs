using System.Text;
using System.Text.Json;
using Scoring.Hosting;

namespace Scoring.WhatIf;

public sealed class WhatIfTests
{
    private const string Path = "/v1/me/subjects/safe-driver/0/score/what-if";

    [Fact]
    public async Task An_answer_has_the_documented_shape_and_the_event_is_read_into_canonical_form()
    {
        await using var gateway = await TestGateway.Start();
        var answer = await Ask(gateway, """{"data":{"zone":"school","overLimitKmh":12},"day":"2026-11-20","type":"traffic.speeding"}""");
        answer.Status.ShouldBe(200);
        answer.Text.ShouldStartWith(
            """
            {"day":"2026-11-23","before":{"score":485,"tier":"baseline"},"after":{"score":480,"tier":"baseline"},"difference":-5,
            "rules":[{"rule":"speeding","reason":"Speeding takes points.","points":-5,"worthBefore":0,"worthAfter":-5}],
            "explanation":{"programme":"safe-driver","day":"2026-11-23","turn":9,"score":480,
            """.ReplaceLineEndings(""));
        var asked = gateway.City.WhatIf.Event.ShouldNotBeNull();
        asked.Day.ShouldBe(new DateOnly(2026, 11, 20));
        Encoding.UTF8.GetString(asked.Body).ShouldBe(
            """{"data":{"overLimitKmh":12,"zone":"school"},"source":"urn:scoring:made-up","type":"traffic.speeding"}""");
        gateway.City.Appends.ShouldBe(0);
    }

    [Theory]
    [InlineData(""" "overLimitKmh":201 """)]
    [InlineData(""" "overLimitKmh":12.0 """)]
    [InlineData(""" "overLimitKmh":"12" """)]
    [InlineData(""" "zone":"school" """)]
    [InlineData(""" "overLimitKmh":1,"overLimitKmh":2 """)]
    [InlineData(""" "overLimitKmh":1,"night":1,"zone":"moon","colour":"red","":1 """)]
    [InlineData(""" "overLimitKmh":1,"note":{"free":"text"} """)]
    [InlineData(""" "overLimitKmh":1,"zone":"\ud800" """)]
    public async Task Data_has_the_faults_that_it_has_when_it_is_sent(string data)
    {
        await using var gateway = await TestGateway.Start();
        var sent = await gateway.PostEvents(Some.Event(data: data));
        var asked = await Ask(gateway, $"{{\"type\":\"traffic.speeding\",\"data\":{{{data}}}}}");
        (sent.Problem, asked.Problem).ShouldBe(("events-refused", "events-refused"));
        asked.Pointers.ShouldBe(sent.Pointers);
        asked.Details.ShouldBe(sent.Details);
        gateway.City.WhatIf.Event.ShouldBeNull();
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("[]", "")]
    [InlineData("{", "")]
    [InlineData("{} {}", "")]
    [InlineData("{}", "/type /data")]
    [InlineData("""{"type":"traffic.speeding"}""", "/data")]
    [InlineData("""{"type":"traffic.speeding","data":[]}""", "/data")]
    [InlineData("""{"type":"traffic.speeding","data":{"overLimitKmh":1},"data":{}}""", "/data")]
    [InlineData("""{"type":"traffic.speeding","data":{"overLimitKmh":1,"programme":"safe-driver"}}""", "/data/programme")]
    [InlineData("""{"type":"traffic.flying","data":{"overLimitKmh":1}}""", "/type")]
    [InlineData("""{"type":"payment.paid","data":{}}""", "/type")]
    [InlineData("""{"type":7,"data":{"overLimitKmh":1}}""", "/type")]
    [InlineData("""{"type":"traffic.speeding","day":"20.11.2026","data":{"overLimitKmh":1}}""", "/day")]
    [InlineData("""{"type":"traffic.speeding","day":"2026-02-30","data":{"overLimitKmh":1}}""", "/day")]
    [InlineData("""{"type":"traffic.speeding","day":7,"data":{"overLimitKmh":1}}""", "/day")]
    [InlineData("""{"type":"traffic.speeding","handle":"x","data":{"overLimitKmh":1}}""", "/handle")]
    public async Task An_event_that_the_programme_does_not_take_is_refused_before_a_grain_is_called(string body, string pointers)
    {
        await using var gateway = await TestGateway.Start();
        var answer = await Ask(gateway, body);
        answer.Problem.ShouldBe("events-refused");
        answer.Pointers.ShouldBe(pointers.Split(' '));
        gateway.City.WhatIf.Event.ShouldBeNull();
    }

    [Theory]
    [InlineData(WhatIfRefusal.DayInFuture, "/day")]
    [InlineData(WhatIfRefusal.DayTooOld, "/day")]
    [InlineData(WhatIfRefusal.DayBeforeEnrolment, "/day")]
    [InlineData(WhatIfRefusal.TypeNotTaken, "/type")]
    public async Task A_reason_to_refuse_a_real_event_is_named(WhatIfRefusal refusal, string pointer)
    {
        await using var gateway = await TestGateway.Start();
        gateway.City.WhatIf.Refusal = refusal;
        var answer = await Ask(gateway, """{"type":"traffic.speeding","data":{"overLimitKmh":1}}""");
        answer.Problem.ShouldBe("events-refused");
        answer.Pointers.ShouldBe([pointer]);
    }

    [Fact]
    public async Task An_unknown_subject_or_programme_is_not_found_and_a_suspended_programme_takes_nothing()
    {
        await using var gateway = await TestGateway.Start();
        const string body = """{"type":"traffic.speeding","data":{"overLimitKmh":1}}""";
        (await Ask(gateway, body, "/v1/me/subjects/safe-driver/1/score/what-if")).Problem.ShouldBe("not-found");
        (await Ask(gateway, body, "/v1/me/subjects/no-such/0/score/what-if")).Problem.ShouldBe("not-found");
        (await Ask(gateway, body, "/v1/me/subjects/paused/0/score/what-if")).Pointers.ShouldBe(["/type"]);
    }

    [Fact]
    public async Task A_type_added_after_the_catalogue_was_read_is_found()
    {
        await using var gateway = await TestGateway.Start();
        (await Ask(gateway, """{"type":"traffic.trip","data":{}}""")).Pointers.ShouldBe(["/type"]);
        await using var other = await TestGateway.Start(TimeProvider.System, city => city.OnCatalogue = () =>
        {
            var known = Some.Catalogue();
            if (city.CatalogueReads < 2) return Task.FromResult(known);
            var trip = Some.Speeding() with { Name = "traffic.trip", Attributes = [] };
            var programme = known.Programmes[0] with { Programme = known.Programmes[0].Programme with { EventTypes = ["traffic.trip"] } };
            return Task.FromResult(known with { EventTypes = [trip], Programmes = [programme] });
        });
        await other.Get("/health/ready");
        (await Ask(other, """{"type":"traffic.trip","data":{}}""")).Status.ShouldBe(200);
    }

    [Fact]
    public async Task Bodies_are_small_and_json()
    {
        await using var gateway = await TestGateway.Start(("Gateway:Limits:SmallBodyBytesMax", "1024"));
        (await Ask(gateway, new string(' ', 2000))).Problem.ShouldBe("too-large");
        (await gateway.Send(HttpMethod.Post, Path, "participant", "{}", "text/plain")).Problem.ShouldBe("unsupported-media-type");
        gateway.Log.Text.ShouldNotContain("overLimit");
    }

    private static Task<Answer> Ask(TestGateway gateway, string body, string path = Path) =>
        gateway.Send(HttpMethod.Post, path, "participant", body);
}
