using System.Globalization;
using Microsoft.IdentityModel.JsonWebTokens;
using Scoring.Hosting;

namespace Scoring.Enrolments;

/// <summary>Joining is for adults, by a claim that says yes or no; everything else about one's own is for whoever is there.</summary>
public sealed class AdultTests
{
    private const string Wish = "{\"programme\":\"safe-driver\",\"ruleSet\":\"";

    public static TheoryData<string> NotAdult =>
    [
        "", ",\"age_over_18\":false", ",\"age_over_18\":\"true\"", ",\"age_over_18\":1", ",\"age_over_18\":[true]",
        ",\"age_over_18\":null", ",\"age_over_18\":{\"is\":true}", ",\"age_over_18\":[true,true]", ",\"Age_over_18\":true",
        ",\"birthdate\":\"1970-01-01\"",
    ];

    [Theory]
    [MemberData(nameof(NotAdult))]
    public async Task Whoever_is_not_said_to_be_an_adult_neither_enrols_nor_consents_anew(string claim)
    {
        await using var gateway = await TestGateway.Start();
        var token = Token(gateway, claim);
        var answers = new[]
        {
            await gateway.Send(HttpMethod.Post, "/v1/me/subjects", token, Enrolling()),
            await gateway.Send(HttpMethod.Post, "/v1/me/subjects", token, Renewing()),
            await gateway.Send(HttpMethod.Post, "/v1/me/subjects", token, Enrolling(hash: "short")),
        };
        answers.ShouldAllBe(answer => answer.Status == 403 && answer.Problem == "adults-only");
        gateway.City.Enrolment.Wish.ShouldBeNull();
    }

    [Fact]
    public async Task An_adult_enrols_and_consents_anew()
    {
        await using var gateway = await TestGateway.Start();
        var token = Token(gateway, ",\"age_over_18\":true");
        (await gateway.Send(HttpMethod.Post, "/v1/me/subjects", token, Enrolling())).Status.ShouldBe(201, gateway.Log.Text);
        (await gateway.Send(HttpMethod.Post, "/v1/me/subjects", token, Renewing())).Status.ShouldBe(200, gateway.Log.Text);
    }

    [Theory]
    [InlineData("GET", "")]
    [InlineData("GET", "/score")]
    [InlineData("GET", "/receipt")]
    [InlineData("PUT", "/restriction")]
    [InlineData("DELETE", "/grants/g1")]
    [InlineData("DELETE", "")]
    public async Task What_is_ones_own_already_needs_no_such_claim(string method, string path)
    {
        await using var gateway = await TestGateway.Start();
        var answer = await gateway.Send(new HttpMethod(method), "/v1/me/subjects/safe-driver/0" + path, Token(gateway, ""));
        answer.Status.ShouldBeOneOf(200, 204);
    }

    private static string Enrolling(string? hash = null) => $"{Wish}{hash ?? Some.Hash}\",\"handleProofs\":[\"a.b.c\"]}}";

    private static string Renewing() => $"{Wish}{Some.Hash}\",\"handleProofs\":[],\"renews\":3}}";

    private static string Token(TestGateway gateway, string claim)
    {
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        var payload = string.Create(
            CultureInfo.InvariantCulture,
            $"{{\"iss\":\"{TestGateway.Issuer}\",\"aud\":\"scoring\",\"sub\":\"{Some.Participant}\",\"exp\":{now + 600},"
            + $"\"roles\":[\"participant\"]{claim}}}");
        return new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(payload, gateway.Credentials);
    }
}
