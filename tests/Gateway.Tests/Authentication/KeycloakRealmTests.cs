using System.Text.Json.Nodes;
using Scoring.Hosting;
using Scoring.Testing;

namespace Scoring.Authentication;

/// <summary>
/// Makes the tokens that the mappers of <c>docs/keycloak-realm.json</c> describe for a user, and sends them to a gateway. Keycloak itself
/// does not run here.
/// </summary>
public sealed class KeycloakRealmTests(RunningGateway running) : IClassFixture<RunningGateway>
{
    private const string Mine = "/v1/me/subjects?programme=safe-driver";
    private const string Enrolment = "{\"programme\":\"safe-driver\",\"ruleSet\":\"x\",\"handleProofs\":[]}";

    private static readonly JsonObject Realm =
        JsonNode.Parse(File.ReadAllText(Path.Combine(Repository.Root, "docs", "keycloak-realm.json")))!.AsObject();

    private static JsonObject Portal => Realm["clients"]!.AsArray().Single(client => Text(client!["clientId"]) == "portal")!.AsObject();

    [Fact]
    public async Task A_participant_is_accepted() => (await running.Gateway.Get(Mine, Token("participant", "true"))).Status.ShouldBe(200);

    [Fact]
    public async Task A_user_without_a_role_is_refused() =>
        (await running.Gateway.Get(Mine, Token(role: null, "true"))).Problem.ShouldBe("forbidden");

    [Fact]
    public async Task An_adult_passes_the_check_of_age_and_a_user_without_the_attribute_does_not()
    {
        (await running.Gateway.Send(HttpMethod.Post, "/v1/me/subjects", Token("participant", "true"), Enrolment))
            .Problem.ShouldNotBe("adults-only");
        foreach (var age in new[] { null, "false" })
        {
            (await running.Gateway.Send(HttpMethod.Post, "/v1/me/subjects", Token("participant", age), Enrolment))
                .Problem.ShouldBe("adults-only");
        }
    }

    [Fact]
    public void The_portal_signs_in_by_code_with_PKCE_alone_and_gets_a_pairwise_subject()
    {
        bool Is(string setting) => Portal[setting]!.GetValue<bool>();
        Is("standardFlowEnabled").ShouldBeTrue();
        foreach (var other in new[] { "publicClient", "implicitFlowEnabled", "directAccessGrantsEnabled", "serviceAccountsEnabled" })
            Is(other).ShouldBeFalse(other);
        Text(Portal["attributes"]!["pkce.code.challenge.method"]).ShouldBe("S256");
        Portal["redirectUris"]!.AsArray().Select(Text).ShouldBe(["https://scoring.city.example/signin-oidc"]);
        Portal["protocolMappers"]!.AsArray().Select(mapper => Text(mapper!["protocolMapper"]))
            .ShouldBe(["oidc-sha256-pairwise-sub-mapper"]);
    }

    /// <summary>Makes the access token of a user who has a role of the client <c>scoring</c> and the attribute of age, or not.</summary>
    private string Token(string? role, string? age) => running.Gateway.Token("participant", token =>
    {
        var scopes = Portal["defaultClientScopes"]!.AsArray().Select(Text).ToArray();
        token.TokenType = Text(Portal["attributes"]!["access.token.header.type.rfc9068"]) == "true" ? "at+jwt" : "JWT";
        token.Audience = null;
        token.Claims = new Dictionary<string, object> { ["sub"] = Some.Participant, ["azp"] = Text(Portal["clientId"]) };
        foreach (var mapper in Realm["clientScopes"]!.AsArray().Where(scope => scopes.Contains(Text(scope!["name"])))
            .SelectMany(scope => scope!["protocolMappers"]!.AsArray()))
        {
            var settings = mapper!["config"]!;
            if (Text(settings["access.token.claim"]) != "true") continue;
            var claim = settings["claim.name"] is { } name ? Text(name) : "";
            switch (Text(mapper["protocolMapper"]))
            {
                case "oidc-audience-mapper":
                    token.Claims["aud"] = Text(settings["included.custom.audience"]);
                    break;
                case "oidc-usermodel-client-role-mapper" when Text(settings["multivalued"]) == "true":
                    if (role is not null) token.Claims[claim] = new[] { role };
                    break;
                case "oidc-usermodel-attribute-mapper" when Text(settings["jsonType.label"]) == "boolean":
                    if (age is not null) token.Claims[claim] = bool.Parse(age);
                    break;
                default:
                    throw new InvalidOperationException($"This test does not know the mapper {mapper.ToJsonString()}.");
            }
        }
    });

    private static string Text(JsonNode? node) => node!.GetValue<string>();
}
