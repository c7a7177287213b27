using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Scoring.Hosting;
using Scoring.People;
using Scoring.Testing;

namespace Scoring.Tokens;

/// <summary>The command line and the portal are one world: tokens of both lead the same person to the same data.</summary>
[Collection<SharedPlatformCollection>]
public sealed class PortalSignInTests(SharedPlatform platform)
{
    public static TheoryData<string> People => [.. MadeUpPeople.All.Select(person => person.Id)];

    [Theory, MemberData(nameof(People))]
    public async Task A_person_has_the_same_subject_and_roles_in_a_browser_and_in_their_token_file(string person)
    {
        using var portal = Portal();
        var fromBrowser = (await portal.SignIn(person)).GetProperty("access_token").GetString()!;
        var fromFile = await File.ReadAllTextAsync(Path.Combine(platform.Folder, "tokens", person));

        Said(fromBrowser).ShouldBe(Said(fromFile));
        RelyingParty.Header(fromBrowser).GetRawText().ShouldBe(RelyingParty.Header(fromFile).GetRawText());
        foreach (var token in new[] { fromBrowser, fromFile })
            (await platform.Session.Api.Send(HttpMethod.Get, RouteOf(person), token, null, "application/json", CancellationToken.None))
                .Status.ShouldBe(person == "auditor" ? HttpStatusCode.NotFound : HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_minor_may_look_but_not_enrol()
    {
        using var portal = Portal();
        var token = (await portal.SignIn("participant-minor")).GetProperty("access_token").GetString()!;
        var programme = await platform.Session.Platform.Programme("safe-driver", CancellationToken.None);
        var request = new JsonObject { ["programme"] = programme.Id, ["ruleSet"] = new string('a', 64), ["handleProofs"] = new JsonArray("x") };

        var (status, answer) = await platform.Session.Api.Send(
            HttpMethod.Post, "/v1/me/subjects", token, JsonSerializer.SerializeToUtf8Bytes(request), "application/json",
            CancellationToken.None);

        status.ShouldBe(HttpStatusCode.Forbidden, answer);
        answer.ShouldContain("urn:scoring:problem:adults-only");
    }

    private RelyingParty Portal()
    {
        var file = JsonElement.Parse(File.ReadAllText(Path.Combine(platform.Folder, "standalone.json")));
        var client = file.GetProperty("portal");
        return new RelyingParty(
            new Uri(file.GetProperty("issuer").GetProperty("issuer").GetString()!), client.GetProperty("clientId").GetString()!,
            client.GetProperty("clientSecret").GetString()!, new Uri(new DevelopmentIssuerOptions().Portal));
    }

    private static string RouteOf(string person) => MadeUpPeople.Find(person)!.Role switch
    {
        "participant" => "/v1/me/subjects?programme=safe-driver",
        "administrator" => "/v1/admin/programmes/safe-driver",
        _ => "/v1/audit/draws/of-no-name-whatsoever-", // 404 for an auditor, 403 for others
    };

    /// <summary>What a token says about its bearer.</summary>
    private static string Said(string token)
    {
        var claims = RelyingParty.Claims(token);
        return string.Join('\n', new[] { "iss", "aud", "sub", "roles", "age_over_18" }.Select(
            name => claims.TryGetProperty(name, out var value) ? $"{name}: {value.GetRawText()}" : name + " is missing"));
    }
}
