using System.Buffers.Text;
using System.Text;
using Scoring.Hosting;

namespace Scoring.Administration;

public sealed class RegistrationTests
{
    private const string Url = "https://traffic.city.example/gate";
    private static readonly string UrlSegment = Base64Url.EncodeToString(Encoding.UTF8.GetBytes(Url));

    [Theory]
    [InlineData("event-types", "traffic.bike-trip", "name", "event-type/traffic.bike-trip")]
    [InlineData("services", "parking-desk", "id", "service/parking-desk")]
    [InlineData("sources", Url, "id", "source/" + Url)]
    public async Task A_document_names_what_is_registered(string kind, string id, string member, string key)
    {
        await using var gateway = await TestGateway.Start();
        var document = $$"""{"{{member}}" : "{{id}}", "more": [1]}""";
        var answer = await Post(gateway, kind, $$"""{"act":"register","document":{{document}}}""");
        answer.Status.ShouldBe(202, answer.Text + gateway.Log.Text);
        gateway.City.Administration.Calls.ShouldBe([$"{key} propose pairwise-1 Register"]);
        Encoding.UTF8.GetString(gateway.City.Administration.Change!.Json!).ShouldBe(document);
        var json = answer.Json;
        (json.GetProperty("act").GetString(), json.GetProperty("hash").GetString()).ShouldBe(("register", Some.Hash));
        json.GetProperty("document").GetProperty("more")[0].GetInt32().ShouldBe(1);

        var address = answer.Headers.Location!.ToString();
        address.ShouldBe($"/v1/admin/{kind}/{(kind == "sources" ? UrlSegment : id)}");
        (await gateway.Get(address, "administrator")).Json.GetProperty("id").GetString().ShouldBe(key);
        var approved = await gateway.Send(HttpMethod.Post, address + "/approvals", "administrator", $$"""{"hash":"{{Some.Hash}}"}""");
        approved.Status.ShouldBe(200);
        gateway.City.Administration.Calls[^1].ShouldBe($"{key} approve pairwise-1 {Some.Hash}");
    }

    [Theory]
    [InlineData("suspend", RegistrationAction.Suspend)]
    [InlineData("resume", RegistrationAction.Resume)]
    [InlineData("end", RegistrationAction.End)]
    public async Task The_other_acts_need_a_name_only(string word, RegistrationAction act)
    {
        await using var gateway = await TestGateway.Start();
        (await Post(gateway, "sources", $$"""{"act":"{{word}}","id":"{{Url}}"}""")).Status.ShouldBe(202);
        gateway.City.Administration.Change.ShouldBe(new RegistrationChange(act, null));
    }

    [Fact]
    public async Task A_registration_shows_its_document_and_the_proposal_under_way()
    {
        await using var gateway = await TestGateway.Start();
        var json = (await gateway.Get("/v1/admin/services/parking", "administrator")).Json;
        (json.GetProperty("kind").GetString(), json.GetProperty("status").GetString()).ShouldBe(("service", "registered"));
        json.GetProperty("document").GetRawText().ShouldBe("""{"id":"parking"}""");
        json.GetProperty("proposal").GetProperty("document").ValueKind.ShouldBe(System.Text.Json.JsonValueKind.Null);
        gateway.City.Administration.Empty = true;
        (await gateway.Get("/v1/admin/services/parking", "administrator")).Problem.ShouldBe("not-found");
    }

    [Fact]
    public async Task Problems_of_a_document_are_named()
    {
        await using var gateway = await TestGateway.Start();
        gateway.City.Administration.Refusal = AdminRefusal.Problems;
        gateway.City.Administration.Problems = [FakeAdministration.Problem];
        var answer = await Post(gateway, "services", """{"act":"register","document":{"id":"parking"}}""");
        (answer.Status, answer.Problem).ShouldBe((422, "content-at-fault"));
        answer.Json.GetProperty("problems")[0].GetProperty("code").GetString().ShouldBe("cap-never-binds");
    }

    [Theory]
    [InlineData("sources", "{}", "/act", "/id")]
    [InlineData("sources", """{"act":"rename","id":"urn:example:a"}""", "/act")]
    [InlineData("sources", """{"act":1,"id":"urn:example:a"}""", "/act")]
    [InlineData("sources", """{"act":"end"}""", "/id")]
    [InlineData("sources", """{"act":"end","id":"no uri"}""", "/id")]
    [InlineData("sources", """{"act":"end","id":"/relative"}""", "/id")]
    [InlineData("sources", """{"act":"end","id":"//host/path"}""", "/id")]
    [InlineData("sources", """{"act":"end","id":"https://a.example/\u0000"}""", "/id")]
    [InlineData("sources", """{"act":"end","id":null}""", "/id")]
    [InlineData("services", """{"act":"end","id":"Parking Desk"}""", "/id")]
    [InlineData("services", """{"act":"end","id":"parking","why":1}""", "")]
    [InlineData("services", """{"act":"end","id":"parking","document":{}}""", "/document")]
    [InlineData("services", """{"act":"register","id":"parking"}""", "/document")]
    [InlineData("services", """{"act":"register","document":[]}""", "/document")]
    [InlineData("services", """{"act":"register","document":{}}""", "/document/id")]
    [InlineData("services", """{"act":"register","document":{"id":7}}""", "/document/id")]
    [InlineData("services", """{"act":"register","id":"other","document":{"id":"parking"}}""", "/id")]
    [InlineData("event-types", """{"act":"register","document":{"name":"health.visit"}}""", "/document/name")]
    public async Task A_malformed_request_is_refused_with_every_fault(string kind, string body, params string[] pointers)
    {
        await using var gateway = await TestGateway.Start();
        var answer = await Post(gateway, kind, body);
        (answer.Status, answer.Problem).ShouldBe((400, "malformed-request"));
        answer.Pointers.ShouldBe(pointers);
        gateway.City.Administration.Calls.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("services/UPPER")]
    [InlineData("services/a")]
    [InlineData("event-types/parking")]
    [InlineData("event-types/health.visit")]
    [InlineData("sources/not%20base64url")]
    [InlineData("sources/x")]
    [InlineData("sources/bm8gdXJp")]
    [InlineData("sources/_____w")]
    [InlineData("sources/aHR0cHM6Ly9hLmV4YW1wbGV=")]
    [InlineData("sources/https%3A%2F%2Ftraffic.city.example")]
    public async Task A_name_that_cannot_be_registered_is_not_found(string path)
    {
        await using var gateway = await TestGateway.Start();
        (await gateway.Get("/v1/admin/" + path, "administrator")).Problem.ShouldBe("not-found");
        (await gateway.Send(HttpMethod.Post, $"/v1/admin/{path}/approvals", "administrator", $$"""{"hash":"{{Some.Hash}}"}"""))
            .Problem.ShouldBe("not-found");
    }

    [Fact]
    public void A_source_has_one_address_only()
    {
        var id = RegistrationId.Of(RegistrationKind.Source, "urn:example:ab").ShouldNotBeNull();
        var segment = id.Address["/v1/admin/sources/".Length..];
        RegistrationId.OfSegment(RegistrationKind.Source, segment).ShouldBe(id);
        // The last character of the segment carries bits that base64url does not use.
        var alike = Enumerable.Range(1, 3).Select(i => segment[..^1] + (char)(segment[^1] + i));
        foreach (var other in alike) RegistrationId.OfSegment(RegistrationKind.Source, other).ShouldBeNull(other);
    }

    private static Task<Answer> Post(TestGateway gateway, string kind, string body) =>
        gateway.Send(HttpMethod.Post, "/v1/admin/" + kind, "administrator", body);
}
