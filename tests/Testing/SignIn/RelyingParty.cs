using System.Buffers.Text;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.WebUtilities;

namespace Scoring.Testing;

/// <summary>Signs people in as a client does, step by step.</summary>
/// <param name="issuer">The provider's address.</param>
/// <param name="clientId">The client.</param>
/// <param name="secret">The client's secret.</param>
/// <param name="origin">Where the client runs. No process has to answer there.</param>
public sealed class RelyingParty(Uri issuer, string clientId, string secret, Uri origin) : IDisposable
{
    /// <summary>The state of every authorization request.</summary>
    public const string State = "state <of> the & client";

    private readonly HttpClient _back = new(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = issuer };

    /// <summary>The browser of the person.</summary>
    public Browser Browser { get; } = new(issuer);

    /// <summary>The PKCE verifier.</summary>
    public string Verifier { get; } = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    /// <summary>Where the code goes.</summary>
    public string Redirect { get; set; } = new Uri(origin, "/signin-oidc").ToString();

    /// <summary>The address of an authorization request; a parameter that is set to null is left out.</summary>
    public string Request(params (string Name, string? Value)[] changes)
    {
        var parameters = new Dictionary<string, string?>
        {
            ["client_id"] = clientId, ["redirect_uri"] = Redirect, ["response_type"] = "code", ["scope"] = "openid profile offline_access",
            ["state"] = State, ["nonce"] = "a-nonce", ["code_challenge_method"] = "S256",
            ["code_challenge"] = Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(Verifier))),
        };
        foreach (var (name, value) in changes) parameters[name] = value;
        return QueryHelpers.AddQueryString("/connect/authorize", parameters.Where(parameter => parameter.Value is not null));
    }

    /// <summary>Asks for authorization and chooses a person; returns the last redirect, to the client.</summary>
    public async Task<Uri> Authorize(string person, params (string Name, string? Value)[] changes)
    {
        var asked = await Browser.Open(Request(changes));
        asked.Status.ShouldBe(HttpStatusCode.Redirect, asked.Text);
        var page = await Browser.Open(asked.Location!.ToString());
        page.Status.ShouldBe(HttpStatusCode.OK, page.Text);
        var chosen = await Browser.Submit(page, ("person", person));
        chosen.Status.ShouldBe(HttpStatusCode.Redirect, chosen.Text);
        var back = await Browser.Open(chosen.Location!.ToString());
        back.Status.ShouldBe(HttpStatusCode.Redirect, back.Text);
        return back.Location!;
    }

    /// <summary>The value of a redirect's parameter.</summary>
    public static string Parameter(Uri redirect, string name) => QueryHelpers.ParseQuery(redirect.Query)[name].Single()!;

    /// <summary>Asks the token endpoint as the client.</summary>
    public async Task<(HttpStatusCode Status, JsonElement Json)> Token(params (string Name, string Value)[] parameters)
    {
        using var form = new FormUrlEncodedContent(
        [
            KeyValuePair.Create("client_id", clientId), KeyValuePair.Create("client_secret", secret),
            .. parameters.DistinctBy(parameter => parameter.Name).Select(parameter => KeyValuePair.Create(parameter.Name, parameter.Value)),
        ]);
        using var response = await _back.PostAsync(new Uri("/connect/token", UriKind.Relative), form);
        return (response.StatusCode, JsonElement.Parse(await response.Content.ReadAsStringAsync()));
    }

    /// <summary>Exchanges a code; a given parameter replaces the right one.</summary>
    public Task<(HttpStatusCode Status, JsonElement Json)> Exchange(string code, params (string Name, string Value)[] changes) => Token(
        [.. changes, ("grant_type", "authorization_code"), ("code", code), ("redirect_uri", Redirect), ("code_verifier", Verifier)]);

    /// <summary>Exchanges a refresh token.</summary>
    public Task<(HttpStatusCode Status, JsonElement Json)> Refresh(string token) =>
        Token(("grant_type", "refresh_token"), ("refresh_token", token));

    /// <summary>Signs a person in; returns the tokens.</summary>
    public async Task<JsonElement> SignIn(string person)
    {
        var (status, tokens) = await Exchange(Parameter(await Authorize(person), "code"));
        status.ShouldBe(HttpStatusCode.OK, tokens.ToString());
        return tokens;
    }

    /// <summary>Reads a document of the provider.</summary>
    public async Task<JsonElement> Get(string path) => JsonElement.Parse(await _back.GetStringAsync(new Uri(path, UriKind.Relative)));

    /// <summary>The one element of a list.</summary>
    public static string? Only(JsonElement json, string name) => json.GetProperty(name).EnumerateArray().Single().GetString();

    /// <summary>The header of a JWT.</summary>
    public static JsonElement Header(string token) => Part(token, 0);

    /// <summary>The claims of a JWT.</summary>
    public static JsonElement Claims(string token) => Part(token, 1);

    /// <inheritdoc/>
    public void Dispose()
    {
        _back.Dispose();
        Browser.Dispose();
    }

    private static JsonElement Part(string token, int index) =>
        JsonElement.Parse(Encoding.UTF8.GetString(Base64Url.DecodeFromChars(token.Split('.')[index])));
}
