using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Scoring.City.People;
using Scoring.Testing;

namespace Scoring.Hosting;

/// <summary>A text that cannot be a name is unknown, whatever it contains. PostgreSQL refuses a NUL in a text with an error.</summary>
[Collection(typeof(SharedPlatformCollection))]
public sealed class HostileNameTests(SharedPlatform platform)
{
    private static readonly string Nul = "\0" + new string('A', 21);

    [Theory]
    [InlineData("GET", "/v1/admin/contests/{0}", null, "administrator")]
    [InlineData("POST", "/v1/admin/contests/{0}/decision", """{"upheld":true,"reason":"value-was-wrong"}""", "administrator")]
    [InlineData("POST", "/v1/me/subjects/safe-driver/0/contests/{0}/material", """{"ground":"not-mine"}""", "participant")]
    [InlineData("DELETE", "/v1/me/subjects/safe-driver/0/grants/{0}", null, "participant")]
    [InlineData("DELETE", "/v1/me/subjects/safe-driver/0/handles/{0}", null, "participant")]
    [InlineData("GET", "/v1/audit/draws/{0}", null, "auditor")]
    public async Task An_address_without_a_name_is_not_found_and_one_with_a_NUL_malformed(
        string method, string path, string? body, string role)
    {
        var token = role switch
        {
            "administrator" => platform.Session.Standalone.AdministratorToken(1),
            "auditor" => platform.Session.Standalone.AuditorToken,
            _ => platform.Session.Credentials.ParticipantToken((await platform.Enrol("safe-driver", path)).Participant),
        };
        (await Status(method, path.Replace("{0}", "%00" + new string('A', 21), StringComparison.Ordinal), token, body))
            .ShouldBe(HttpStatusCode.BadRequest, "the web server refuses it before any route");
        foreach (var name in (string[])["%01" + new string('A', 21), "%F0%9F%98%80" + new string('A', 20), new string('\'', 22)])
        {
            (await Status(method, path.Replace("{0}", name, StringComparison.Ordinal), token, body))
                .ShouldBe(HttpStatusCode.NotFound, name);
        }
    }

    [Fact]
    public async Task A_NUL_in_a_name_of_a_case_a_contest_or_a_draw_is_not_found()
    {
        var opened = (await platform.Session.Api.SendJson(
            HttpMethod.Post, "/v1/audit/cases", platform.Session.Standalone.AuditorToken, new JsonObject
            {
                ["programme"] = ProgrammeNames.SafeDriver, ["purpose"] = "complaint",
                ["expiresOn"] = TimeProvider.System.GetUtcNow().AddDays(2).ToString("yyyy-MM-dd"),
            },
            CancellationToken.None)).ShouldNotBeNull().GetProperty("case").GetString()!;
        foreach (var name in (JsonObject[])[
            new() { ["contest"] = Nul }, new() { ["draw"] = Nul, ["pick"] = 1 }, new() { ["reference"] = Nul },
            new() { ["auditCode"] = Nul }])
        {
            var request = new JsonObject { ["case"] = opened, ["subject"] = name };
            (await Audit("histories", request)).ShouldBe(HttpStatusCode.NotFound, name.ToJsonString());
            (await Audit("recomputations", request)).ShouldBe(HttpStatusCode.NotFound, name.ToJsonString());
        }
        var subject = new JsonObject { ["contest"] = new string('A', 22) };
        (await Audit("histories", new JsonObject { ["case"] = Nul, ["subject"] = subject })).ShouldBe(HttpStatusCode.NotFound);
        (await Audit("draws", new JsonObject { ["case"] = Nul, ["count"] = 1 })).ShouldBe(HttpStatusCode.NotFound);
        (await Audit("proofs", new JsonObject { ["case"] = Nul })).ShouldBe(HttpStatusCode.NotFound);
        (await Audit("ledgers", new JsonObject { ["case"] = Nul })).ShouldBe(HttpStatusCode.NotFound);
    }

    private Task<HttpStatusCode> Audit(string path, JsonObject body) =>
        Status("POST", "/v1/audit/" + path, platform.Session.Standalone.AuditorToken, body.ToJsonString());

    private async Task<HttpStatusCode> Status(string method, string path, string token, string? body) => (await platform.Session.Api.Send(
        new HttpMethod(method), path, token, body is null ? null : Encoding.UTF8.GetBytes(body), "application/json",
        CancellationToken.None)).Status;
}
