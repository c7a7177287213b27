using Scoring.Enrolments;
using Scoring.Hosting;

namespace Scoring.Grants;

/// <summary>Tests the routes by which a participant gives and revokes grants.</summary>
public sealed class GrantTests
{
    private const string Own = "/v1/me/subjects/safe-driver/0";

    [Fact]
    public async Task A_grant_is_given_and_revoked()
    {
        await using var gateway = await TestGateway.Start();
        var given = await Post(gateway, Own + "/grants", "{\"service\":\"parking\",\"until\":\"2027-01-01T00:00:00+01:00\"}");
        (given.Status, given.Headers.Location!.ToString()).ShouldBe((201, Own + "/grants/g1"));
        gateway.City.Grants.Request.ShouldBe(new GrantRequest("parking", new DateTimeOffset(2026, 12, 31, 23, 0, 0, TimeSpan.Zero)));
        (await Post(gateway, Own + "/grants", "{\"service\":\"parking\"}")).Status.ShouldBe(201);
        (await Post(gateway, Own + "/grants", "{\"service\":\"parking\",\"uses\":1000000}")).Status.ShouldBe(201);
        gateway.City.Grants.Request.ShouldBe(new GrantRequest("parking", null, 1_000_000));
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

    private static Task<Answer> Post(TestGateway gateway, string path, string body) =>
        gateway.Send(HttpMethod.Post, path, "participant", body);
}
