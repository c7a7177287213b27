using System.Net;
using System.Text.RegularExpressions;

namespace Scoring.Hosting;

/// <summary>Opens pages and sends their forms, as a browser without JavaScript does. It keeps cookies and shows each redirect.</summary>
internal sealed partial class Browser : IDisposable
{
    private readonly HttpClient _http;

    public Browser(Uri address) => _http = new HttpClient(
        new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = true, CookieContainer = Cookies, UseProxy = false })
    {
        BaseAddress = address,
    };

    public CookieContainer Cookies { get; } = new();

    public async Task<Page> Open(string address) => await Read(await _http.GetAsync(new Uri(address, UriKind.RelativeOrAbsolute)));

    public async Task<Page> Post(string address, IEnumerable<KeyValuePair<string, string>> fields)
    {
        using var form = new FormUrlEncodedContent(fields);
        return await Read(await _http.PostAsync(new Uri(address, UriKind.RelativeOrAbsolute), form));
    }

    /// <summary>Sends the page's form with its hidden fields and these further ones.</summary>
    public Task<Page> Submit(Page page, params (string Name, string Value)[] more) => Post(
        page.Action, [.. page.Hidden, .. more.Select(field => KeyValuePair.Create(field.Name, field.Value))]);

    /// <summary>Drops all cookies, as a new private window does.</summary>
    public void Forget()
    {
        foreach (Cookie cookie in Cookies.GetAllCookies()) cookie.Expired = true;
    }

    public void Dispose() => _http.Dispose();

    private static async Task<Page> Read(HttpResponseMessage response)
    {
        using (response)
        {
            return new Page(
                response.StatusCode, response.Headers.Location, await response.Content.ReadAsStringAsync(),
                response.Headers.Concat(response.Content.Headers).ToDictionary(
                    header => header.Key, header => string.Join(", ", header.Value), StringComparer.OrdinalIgnoreCase));
        }
    }

    /// <summary>An answer.</summary>
    internal sealed partial record Page(HttpStatusCode Status, Uri? Location, string Text, IReadOnlyDictionary<string, string> Headers)
    {
        public string Action => WebUtility.HtmlDecode(FormAction().Match(Text).Groups[1].Value);

        public KeyValuePair<string, string>[] Hidden =>
        [
            .. HiddenField().Matches(Text).Select(input => KeyValuePair.Create(
                WebUtility.HtmlDecode(input.Groups[1].Value), WebUtility.HtmlDecode(input.Groups[2].Value))),
        ];

        public string Field(string name) => Hidden.Single(field => field.Key == name).Value;

        [GeneratedRegex("<form method=\"post\" action=\"([^\"]*)\"")]
        private static partial Regex FormAction();

        [GeneratedRegex("<input type=\"hidden\" name=\"([^\"]*)\" value=\"([^\"]*)\"")]
        private static partial Regex HiddenField();
    }
}
