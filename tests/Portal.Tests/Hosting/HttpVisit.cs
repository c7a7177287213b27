using System.Net;
using Scoring.Testing;

namespace Scoring.Hosting;

/// <summary>A visit step by step, without a browser's help: it shows each redirect, and can do what no browser does.</summary>
internal sealed class HttpVisit(SharedPortal portal) : IDisposable
{
    /// <summary>Keeps the cookies.</summary>
    public Browser Browser { get; } = new(portal.Address);

    /// <summary>Opens a page of the portal.</summary>
    public Task<BrowserPage> Open(string path) => Browser.Open(path);

    /// <summary>Begins a sign-in and chooses a person. Returns the address to which the provider leads back.</summary>
    public async Task<Uri> Callback(string person = "participant-3", string returnTo = "/my")
    {
        var asked = Led(await Open("/sign-in?returnTo=" + Uri.EscapeDataString(returnTo)), portal.Address);
        var choose = await Browser.Open(Led(await Browser.Open(asked.AbsoluteUri), portal.Issuer).AbsoluteUri);
        var action = new Uri(portal.Issuer, choose.Action).AbsoluteUri;
        var chosen = await Browser.Post(action, [.. choose.Hidden, KeyValuePair.Create("person", person)]);
        return Led(await Browser.Open(Led(chosen, portal.Issuer).AbsoluteUri), portal.Issuer);
    }

    /// <summary>Signs in. Returns where the portal leads then.</summary>
    public async Task<string> SignIn(string person = "participant-3", string returnTo = "/my") =>
        Led(await Browser.Open((await Callback(person, returnTo)).AbsoluteUri), portal.Address).PathAndQuery;

    /// <summary>Sends a form of the portal as a page of some site does.</summary>
    public async Task<BrowserPage> Send(string path, string? origin, params (string Name, string Value)[] fields)
    {
        using var http = new HttpClient(new SocketsHttpHandler
        {
            AllowAutoRedirect = false, UseProxy = false, CookieContainer = Browser.Cookies,
        });
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(portal.Address, path))
        {
            Content = new FormUrlEncodedContent(fields.Select(field => KeyValuePair.Create(field.Name, field.Value))),
        };
        if (origin is not null) request.Headers.Add("Origin", origin);
        using var response = await http.SendAsync(request);
        return new BrowserPage(
            response.StatusCode, response.Headers.Location, await response.Content.ReadAsStringAsync(),
            response.Headers.ToDictionary(
                header => header.Key, header => string.Join(", ", header.Value), StringComparer.OrdinalIgnoreCase));
    }

    public void Dispose() => Browser.Dispose();

    private static Uri Led(BrowserPage page, Uri site)
    {
        page.Status.ShouldBeOneOf(HttpStatusCode.Redirect, HttpStatusCode.SeeOther);
        return new Uri(site, page.Location!);
    }
}
