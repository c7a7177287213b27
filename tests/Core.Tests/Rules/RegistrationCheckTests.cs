using System.Text.Json.Nodes;
using Scoring.Administration;
using Scoring.Tests.Rules;

namespace Scoring.Rules;

public sealed class RegistrationCheckTests
{
    [Fact]
    public void A_new_event_type_is_registered_in_canonical_form()
    {
        var type = EventType(0);
        type["name"] = "traffic.ride";
        var read = Check(RegistrationKind.EventType, "traffic.ride", type);
        read.Problems.ShouldBeEmpty();
        read.Differences.ShouldBeEmpty();
        read.Canonical.ShouldBe(EventTypeDocument.Write(SampleDrafts.Published.EventTypes[^1] with { Name = "traffic.ride" }));
    }

    [Fact]
    public void A_later_version_of_an_event_type_adds_and_its_differences_are_listed()
    {
        var type = EventType(0);
        type["version"] = 2;
        type["attributes"]![0]!["max"] = 200;
        type["attributes"]![2]!["codes"]!.AsArray().Add("sea");
        type["attributes"]!.AsArray().Add(
            JsonNode.Parse("""{"name":"wet","kind":"boolean","required":false,"description":"Whether it rained."}"""));
        var read = Check(RegistrationKind.EventType, "traffic.trip", type);
        read.Problems.ShouldBeEmpty();
        read.Differences.ShouldBe(
        [
            "Attribute km: from 0 to 200, before from 0 to 100.", "Attribute road: new codes sea.", "New attribute wet: Whether it rained.",
        ]);
    }

    [Theory]
    [InlineData("/version", "1", "/version", ProblemCode.NumberGap)]
    [InlineData("/version", "3", "/version", ProblemCode.NumberGap)]
    [InlineData("/name", "\"traffic.trap\"", "/name", ProblemCode.NameMismatch)]
    [InlineData("/context", "\"environment\"", "/context", ProblemCode.NeverChanges)]
    [InlineData("/origin", "\"attested\"", "/origin", ProblemCode.NeverChanges)]
    [InlineData("/attributes", "[]", "/attributes", ProblemCode.NotOnlyAdding)]
    [InlineData("/attributes/0/min", "1", "/attributes", ProblemCode.NotOnlyAdding)]
    [InlineData("/attributes/0/max", "99", "/attributes", ProblemCode.NotOnlyAdding)]
    [InlineData("/attributes/0/unit", "\"mi\"", "/attributes", ProblemCode.NotOnlyAdding)]
    [InlineData("/attributes/1/required", "true", "/attributes", ProblemCode.NotOnlyAdding)]
    [InlineData("/attributes/1/name", "\"calmly\"", "/attributes", ProblemCode.NotOnlyAdding)]
    [InlineData("/attributes/2/codes", "[\"city\",\"sea\"]", "/attributes", ProblemCode.NotOnlyAdding)]
    [InlineData("/attributes/3", """{"name":"wet","kind":"boolean","required":true,"description":"W."}""",
        "/attributes", ProblemCode.NotOnlyAdding)]
    [InlineData("/attributes/2", """{"name":"road","kind":"boolean","required":false,"description":"W."}""",
        "/attributes", ProblemCode.NotOnlyAdding)]
    public void A_later_version_of_an_event_type_takes_nothing_away(string path, string json, string pointer, string code)
    {
        var type = EventType(0);
        type["version"] = 2;
        Set(type, path, JsonNode.Parse(json)!);
        Problems(RegistrationKind.EventType, "traffic.trip", type).ShouldContain((pointer, code));
    }

    [Fact]
    public void A_sources_keys_and_clients_may_change_and_its_family_not()
    {
        var source = Registered("sources");
        source["clients"] = new JsonArray("trips-1");
        Check(RegistrationKind.Source, "urn:example:trips", source).Differences.ShouldBe(["The client trips-1 may speak for it."]);
        source["linkUri"] = "https://trips.example/link";
        Check(RegistrationKind.Source, "urn:example:trips", source).Differences[^1].ShouldBe(
            "Handles are linked at https://trips.example/link.");
        source["family"] = "payment";
        Problems(RegistrationKind.Source, "urn:example:trips", source).ShouldBe([("/family", ProblemCode.NeverChanges)]);
        Problems(RegistrationKind.Source, "urn:example:other", source).ShouldBe([("/id", ProblemCode.NameMismatch)]);
        source["keys"]![0]!["d"] = "secret";
        Problems(RegistrationKind.Source, "urn:example:trips", source).ShouldContain(("/keys/0", ProblemCode.KeyWrong));
    }

    [Theory]
    [InlineData("https://trips.example/link", true)]
    [InlineData("https://trips.example:8443/a/b", true)]
    [InlineData("http://127.0.0.1:5090/link/trips", true)]
    [InlineData("http://trips.example/link", false)]
    [InlineData("https://trips.example/link?a=b", false)]
    [InlineData("https://trips.example/link?", false)]
    [InlineData("https://trips.example/link#a", false)]
    [InlineData("https://me@trips.example/link", false)]
    [InlineData("javascript:alert(1)", false)]
    [InlineData("/link", false)]
    [InlineData("https://trips.example/a b", false)]
    public void The_page_to_link_handles_is_an_address_that_a_browser_may_be_sent_to(string address, bool isTaken)
    {
        var source = Registered("sources");
        source["linkUri"] = address;
        Problems(RegistrationKind.Source, "urn:example:trips", source)
            .ShouldBe(isTaken ? [] : [("/linkUri", ProblemCode.FormWrong)]);
    }

    [Theory]
    [InlineData("lastDay", "2025-06-14", ProblemCode.LastDayPast)]
    [InlineData("lastDay", "2025-06-15", null)]
    [InlineData("lastDay", "2026-06-15", null)]
    [InlineData("lastDay", "2026-06-16", ProblemCode.LastDayTooLate)]
    [InlineData("context", "environment", ProblemCode.ContextMismatch)]
    [InlineData("context", "housing", ProblemCode.WordUnknown)]
    [InlineData("programme", "loud", ProblemCode.ProgrammeUnknown)]
    [InlineData("id", "parkings", ProblemCode.NameMismatch)]
    public void A_service_has_its_programmes_context_and_is_valid_for_a_year_at_most(string member, string value, string? code)
    {
        var service = Registered("services");
        service[member] = value;
        var published = SampleDrafts.Published with { Services = [] };
        var read = RegistrationCheck.Check(RegistrationKind.Service, "parking", SampleDrafts.Bytes(service), published, SampleDrafts.Now);
        read.Problems.Select(problem => (problem.Pointer, problem.Code)).ShouldBe(code is null ? [] : [($"/{member}", code)]);
        (read.Canonical is null).ShouldBe(code is not null);
    }

    [Fact]
    public void A_service_is_renewed_and_keeps_its_programme()
    {
        var service = Registered("services");
        service["lastDay"] = "2026-06-01";
        Check(RegistrationKind.Service, "parking", service).Differences.ShouldBe(["It holds until 2026-06-01, before until 2026-01-01."]);
        service["programme"] = "loud";
        Problems(RegistrationKind.Service, "parking", service)
            .ShouldBe([("/programme", ProblemCode.NeverChanges), ("/programme", ProblemCode.ProgrammeUnknown)]);
    }

    [Theory]
    [InlineData(RegistrationKind.EventType)]
    [InlineData(RegistrationKind.Source)]
    [InlineData(RegistrationKind.Service)]
    public void Any_text_that_is_not_a_registration_has_problems(RegistrationKind kind)
    {
        foreach (var text in (string[])["", "[]", "7", "{}", "{\"id\":null,\"name\":[]}"])
        {
            var read = RegistrationCheck.Check(
                kind, "x", System.Text.Encoding.UTF8.GetBytes(text), SampleDrafts.Published, SampleDrafts.Now);
            read.Problems.ShouldNotBeEmpty();
            read.Canonical.ShouldBeNull();
        }
    }

    private static JsonObject EventType(int index) => JsonNode.Parse(SampleDocuments.EventTypes)![index]!.DeepClone().AsObject();

    private static JsonObject Registered(string kind) => JsonNode.Parse(SampleDocuments.Registrations)![kind]![0]!.DeepClone().AsObject();

    private static CheckedRegistration Check(RegistrationKind kind, string id, JsonObject document) =>
        RegistrationCheck.Check(kind, id, SampleDrafts.Bytes(document), SampleDrafts.Published, SampleDrafts.Now);

    private static (string, string)[] Problems(RegistrationKind kind, string id, JsonObject document) =>
        [.. Check(kind, id, document).Problems.Select(problem => (problem.Pointer, problem.Code))];

    private static void Set(JsonObject document, string path, JsonNode value)
    {
        var steps = path[1..].Split('/');
        JsonNode at = document;
        foreach (var step in steps[..^1]) at = at is JsonArray list ? list[int.Parse(step, null)]! : at[step]!;
        if (at is not JsonArray array) at[steps[^1]] = value;
        else if (int.Parse(steps[^1], null) == array.Count) array.Add(value);
        else array[int.Parse(steps[^1], null)] = value;
    }
}
