using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.WebUtilities;
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
        var request = new JsonObject
        {
            ["programme"] = "safe-driver", ["ruleSet"] = new string('a', 64), ["handleProofs"] = new JsonArray("x"),
        };

        var (status, answer) = await Send(HttpMethod.Post, "/v1/me/subjects", token, request);

        status.ShouldBe(HttpStatusCode.Forbidden);
        answer.GetProperty("type").GetString().ShouldBe("urn:scoring:problem:adults-only");
    }

    [Fact]
    public async Task A_person_who_signed_in_joins_with_what_they_chose_on_the_pages_of_the_sources()
    {
        using var portal = Portal();
        var token = (await portal.SignIn("participant-2")).GetProperty("access_token").GetString()!;
        var programme = (await Send(HttpMethod.Get, "/v1/programmes/safe-driver", null)).Json;
        var proofs = new JsonArray();
        foreach (var source in programme.GetProperty("sources").EnumerateArray())
            proofs.Add(await Proof(portal, programme, source.GetProperty("linkUri").GetString()!, token));

        var (status, joined) = await Send(HttpMethod.Post, "/v1/me/subjects", token, new JsonObject
        {
            ["programme"] = "safe-driver", ["ruleSet"] = programme.GetProperty("ruleSetHash").GetString(), ["handleProofs"] = proofs,
        });

        status.ShouldBe(HttpStatusCode.Created, joined.ToString());
        proofs.Count.ShouldBe(2);
    }

    private static async Task<string> Proof(RelyingParty portal, JsonElement programme, string linkUri, string token)
    {
        var request = QueryHelpers.AddQueryString(linkUri, new Dictionary<string, string?>
        {
            ["programme"] = "safe-driver", ["subject"] = RelyingParty.Claims(token).GetProperty("sub").GetString(),
            ["audience"] = programme.GetProperty("installation").GetString(), ["state"] = "a_state-of-22-characters",
            ["return_uri"] = new Uri(new Uri(portal.Redirect), "/link/return").ToString(),
        });
        var page = await portal.Browser.Open(request);
        page.Status.ShouldBe(HttpStatusCode.OK, page.Text);
        return (await portal.Browser.Submit(page, ("thing", "car-2"))).Field("proof");
    }

    private async Task<(HttpStatusCode Status, JsonElement Json)> Send(
        HttpMethod method, string path, string? token, JsonObject? body = null)
    {
        var bytes = body is null ? null : JsonSerializer.SerializeToUtf8Bytes(body);
        var (status, answer) = await platform.Session.Api.Send(method, path, token, bytes, "application/json", CancellationToken.None);
        return (status, JsonElement.Parse(answer));
    }

    private RelyingParty Portal()
    {
        var file = JsonElement.Parse(File.ReadAllText(Path.Combine(platform.Folder, "standalone.json")));
        var client = file.GetProperty("portal");
        return new RelyingParty(
            new Uri(file.GetProperty("issuer").GetProperty("issuer").GetString()!), client.GetProperty("clientId").GetString()!,
            client.GetProperty("clientSecret").GetString()!, new Uri(client.GetProperty("address").GetString()!));
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
