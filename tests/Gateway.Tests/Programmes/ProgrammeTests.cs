using Scoring.Hosting;

namespace Scoring.Programmes;

public sealed class ProgrammeTests(RunningGateway running) : IClassFixture<RunningGateway>
{
    [Fact]
    public async Task Anyone_reads_a_programme_with_its_rules_event_types_and_services()
    {
        var json = (await running.Gateway.Get("/v1/programmes/safe-driver")).Json;
        json.GetProperty("today").GetString().ShouldBe("2026-11-23");
        (json.GetProperty("ruleSetInForce").GetInt32(), json.GetProperty("ruleSetHash").GetString()).ShouldBe((1, Some.Hash));
        var programme = json.GetProperty("programme");
        (programme.GetProperty("id").GetString(), programme.GetProperty("subjectKind").GetString()).ShouldBe(("safe-driver", "vehicle"));
        programme.GetProperty("effects")[0].GetProperty("effect").GetString().ShouldBe("fee-discount");
        json.GetProperty("eventTypes")[0].GetProperty("attributes")[1].GetProperty("unit").GetString().ShouldBe("km/h");
        json.GetProperty("services")[0].GetProperty("legalEntity").GetString().ShouldBe("City Parking");
    }

    [Fact]
    public async Task Anyone_reads_which_sources_send_events_and_where_they_link_handles()
    {
        await using var gateway = await TestGateway.Start(TimeProvider.System, city => city.Catalogue = city.Catalogue with
        {
            Installation = "urn:example:city",
            Sources =
            [
                .. city.Catalogue.Sources.Select(source => source with { LinkUri = "https://camera.example/link" }),
                city.Catalogue.Sources[0] with { Id = "urn:example:stopped", Stopped = true },
                city.Catalogue.Sources[0] with { Id = "urn:example:shop", Family = Scoring.Events.EventFamily.Payment },
            ],
        });
        var json = (await gateway.Get("/v1/programmes/safe-driver")).Json;
        json.GetProperty("installation").GetString().ShouldBe("urn:example:city");
        var source = json.GetProperty("sources").EnumerateArray().ShouldHaveSingleItem();
        source.EnumerateObject().Select(member => member.Name).ShouldBe(["id", "name", "family", "linkUri"], "no keys and no clients");
        source.GetProperty("id").GetString().ShouldBe(Some.Source);
        source.GetProperty("linkUri").GetString().ShouldBe("https://camera.example/link");
    }

    [Fact]
    public async Task Anyone_reads_what_was_published_with_each_rule_set()
    {
        await using var gateway = await TestGateway.Start(TimeProvider.System, city => city.Catalogue = city.Catalogue with
        {
            Programmes = [.. city.Catalogue.Programmes.Select(published => published with
            {
                Ended = true,
                Versions = [new ProgrammeVersion(
                    published.Programme, published.RuleSets[0],
                    new Assessment(["Keepers"], [new Risk("A wrong reading.", "It can be contested.")], new DateOnly(2027, 10, 1)),
                    true, ["Speeding takes less."])],
            })],
        });
        var json = (await gateway.Get("/v1/programmes/safe-driver")).Json;
        json.GetProperty("ended").GetBoolean().ShouldBeTrue();
        var version = json.GetProperty("versions")[0];
        (version.GetProperty("number").GetInt32(), version.GetProperty("firstDay").GetString()).ShouldBe((1, "2026-01-01"));
        version.GetProperty("assessment").GetRawText().ShouldBe(
            """{"affectedGroups":["Keepers"],"risks":[{"risk":"A wrong reading.","mitigation":"It can be contested."}],"""
            + "\"reviewBy\":\"2027-10-01\"}");
        version.GetProperty("terms").GetProperty("id").GetString().ShouldBe("safe-driver");
        version.GetProperty("widens").GetBoolean().ShouldBeTrue();
        version.GetProperty("differences")[0].GetString().ShouldBe("Speeding takes less.");
        version.TryGetProperty("ruleSet", out _).ShouldBeFalse();
    }

    [Fact]
    public async Task A_rule_set_has_corrections_and_tables_only_when_there_are_any()
    {
        var without = (await running.Gateway.Get("/v1/programmes/safe-driver/rulesets/1")).Text;
        without.ShouldNotContain("corrections");
        without.ShouldNotContain("factorTables");
        await using var gateway = await TestGateway.Start(TimeProvider.System, city => city.Catalogue = city.Catalogue with
        {
            Programmes = [.. city.Catalogue.Programmes.Select(published => published with
            {
                RuleSets = [published.RuleSets[0] with
                {
                    Corrections = [new(3, "speeding")], FactorTables = [new(30, Some.Hash), new(90, Some.Hash)],
                }],
            })],
        });
        var set = (await gateway.Get("/v1/programmes/safe-driver/rulesets/1")).Json;
        set.GetProperty("corrections").GetRawText().ShouldBe("""[{"ruleSet":3,"rule":"speeding"}]""");
        set.GetProperty("factorTables").GetRawText().ShouldBe($$"""{"30":"{{Some.Hash}}","90":"{{Some.Hash}}"}""");
    }

    [Fact]
    public async Task Rules_are_written_in_full()
    {
        var set = (await running.Gateway.Get("/v1/programmes/safe-driver/rulesets/1")).Json;
        set.GetProperty("tiers")[1].GetRawText().ShouldBe("""{"name":"good","from":500}""");
        set.GetProperty("rules")[0].GetProperty("points").GetInt64().ShouldBe(-5);
        set.GetProperty("rules")[0].GetProperty("when").GetRawText().ShouldBe(
            """{"all":[{"attribute":"overLimitKmh","atLeast":10},"""
            + """{"not":{"attribute":"zone","oneOf":["school"]}},{"any":[{"attribute":"night","oneOf":["true"]}]}]}""");
        set.GetProperty("rules")[1].GetProperty("points").GetRawText().ShouldBe(
            """{"by":"zone","rows":{"school":-20}}""");
        set.GetProperty("rules")[1].TryGetProperty("when", out _).ShouldBeFalse();
        (await running.Gateway.Get("/v1/programmes/safe-driver/rulesets")).Json.GetArrayLength().ShouldBe(1);
        (await running.Gateway.Get("/v1/programmes")).Json.GetArrayLength().ShouldBe(2);
    }
}
