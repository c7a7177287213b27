using System.Net;

namespace Scoring.Testing;

/// <summary>Opens pages and sends their forms, as a browser without JavaScript does. It keeps cookies and shows each redirect.</summary>
public sealed class Browser : IDisposable
{
    private readonly HttpClient _http;

    /// <summary>Starts with no cookies.</summary>
    public Browser(Uri address) => _http = new HttpClient(
        new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = true, CookieContainer = Cookies, UseProxy = false })
    {
        BaseAddress = address,
    };

    /// <summary>The cookies of all sites.</summary>
    public CookieContainer Cookies { get; } = new();

    /// <summary>Opens an address.</summary>
    public async Task<BrowserPage> Open(string address) => await Read(await _http.GetAsync(new Uri(address, UriKind.RelativeOrAbsolute)));

    /// <summary>Sends a form, as a page of any site can.</summary>
    public async Task<BrowserPage> Post(string address, IEnumerable<KeyValuePair<string, string>> fields)
    {
        using var form = new FormUrlEncodedContent(fields);
        return await Read(await _http.PostAsync(new Uri(address, UriKind.RelativeOrAbsolute), form));
    }

    /// <summary>Sends the page's form with its hidden fields and these further ones.</summary>
    public Task<BrowserPage> Submit(BrowserPage page, params (string Name, string Value)[] more) => Post(
        page.Action, [.. page.Hidden, .. more.Select(field => KeyValuePair.Create(field.Name, field.Value))]);

    /// <summary>Drops all cookies, as a new private window does.</summary>
    public void Forget()
    {
        foreach (Cookie cookie in Cookies.GetAllCookies()) cookie.Expired = true;
    }

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    private static async Task<BrowserPage> Read(HttpResponseMessage response)
    {
        using (response)
        {
            return new BrowserPage(
                response.StatusCode, response.Headers.Location, await response.Content.ReadAsStringAsync(),
                response.Headers.Concat(response.Content.Headers).ToDictionary(
                    header => header.Key, header => string.Join(", ", header.Value), StringComparer.OrdinalIgnoreCase));
        }
    }
}
