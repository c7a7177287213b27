using System.Globalization;
using Microsoft.IdentityModel.JsonWebTokens;
using Scoring.Hosting;

namespace Scoring.Enrolments;

/// <summary>
/// Enrolment and renewal of consent require the claim <c>age_over_18</c> with the value true. Other routes of an own subject do not.
/// </summary>
public sealed class AdultClaimTests
{
    private const string BodyStart = "{\"programme\":\"safe-driver\",\"ruleSet\":\"";

    public static TheoryData<string> NotAdult =>
    [
        "", ",\"age_over_18\":false", ",\"age_over_18\":\"true\"", ",\"age_over_18\":1", ",\"age_over_18\":[true]",
        ",\"age_over_18\":null", ",\"age_over_18\":{\"is\":true}", ",\"age_over_18\":[true,true]", ",\"Age_over_18\":true",
        ",\"birthdate\":\"1970-01-01\"",
    ];

    [Theory]
    [MemberData(nameof(NotAdult))]
    public async Task Without_the_adult_claim_a_participant_neither_enrols_nor_renews_consent(string claim)
    {
        await using var gateway = await TestGateway.Start();
        var token = Token(gateway, claim);
        var answers = new[]
        {
            await gateway.Send(HttpMethod.Post, "/v1/me/subjects", token, Enrolment()),
            await gateway.Send(HttpMethod.Post, "/v1/me/subjects", token, Renewal()),
            await gateway.Send(HttpMethod.Post, "/v1/me/subjects", token, Enrolment(hash: "short")),
        };
        answers.ShouldAllBe(answer => answer.Status == 403 && answer.Problem == "adults-only");
        gateway.City.Enrolment.Request.ShouldBeNull();
    }

    [Fact]
    public async Task An_adult_enrols_and_renews_consent()
    {
        await using var gateway = await TestGateway.Start();
        var token = Token(gateway, ",\"age_over_18\":true");
        (await gateway.Send(HttpMethod.Post, "/v1/me/subjects", token, Enrolment())).Status.ShouldBe(201, gateway.Log.Text);
        (await gateway.Send(HttpMethod.Post, "/v1/me/subjects", token, Renewal())).Status.ShouldBe(200, gateway.Log.Text);
    }

    [Theory]
    [InlineData("GET", "")]
    [InlineData("GET", "/score")]
    [InlineData("GET", "/receipt")]
    [InlineData("PUT", "/restriction")]
    [InlineData("DELETE", "/grants/g1")]
    [InlineData("DELETE", "")]
    public async Task An_enrolled_participant_needs_no_such_claim(string method, string path)
    {
        await using var gateway = await TestGateway.Start();
        var answer = await gateway.Send(new HttpMethod(method), "/v1/me/subjects/safe-driver/0" + path, Token(gateway, ""));
        answer.Status.ShouldBeOneOf(200, 204);
    }

    private static string Enrolment(string? hash = null) => $"{BodyStart}{hash ?? Some.Hash}\",\"handleProofs\":[\"a.b.c\"]}}";

    private static string Renewal() => $"{BodyStart}{Some.Hash}\",\"handleProofs\":[],\"renews\":3}}";

    private static string Token(TestGateway gateway, string claim)
    {
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        var payload = string.Create(
            CultureInfo.InvariantCulture,
            $"{{\"iss\":\"{TestGateway.Issuer}\",\"aud\":\"scoring\",\"sub\":\"{Some.Participant}\",\"exp\":{now + 600},"
            + $"\"roles\":[\"participant\"]{claim}}}");
        return new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(
            payload, gateway.Credentials, new Dictionary<string, object> { ["typ"] = "at+jwt" });
    }
}
