using System.Collections.Concurrent;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Scoring.Hosting;

/// <summary>
/// Watches a browser: it asks only the portal and the issuer, its console shows no error and no violation of a policy, and no token comes
/// into a page, a script, a cookie or a storage of the portal.
/// </summary>
internal sealed partial class VisitWatch
{
    private readonly ConcurrentQueue<string> _faults = new();
    private readonly ConcurrentBag<Task> _reads = [];
    private readonly ConcurrentDictionary<int, bool> _expected = new();
    private readonly SharedPortal _portal;
    private int _documents;
    private bool _expectsBlocked;

    public VisitWatch(IBrowserContext context, SharedPortal portal)
    {
        _portal = portal;
        context.Request += (_, request) => CheckRequest(request.Url);
        context.Response += (_, response) => _reads.Add(Read(response));
        context.Console += (_, message) => CheckMessage(message);
        context.WebError += (_, error) => _faults.Enqueue($"A script failed: {error.Error}");
    }

    /// <summary>Allows answers with a status of an error, which Chromium writes into its console.</summary>
    public void Expect(int status) => _expected[status] = true;

    /// <summary>Allows what Chromium writes when the content security policy stops a script, for a test that tries it.</summary>
    public void ExpectBlocked() => _expectsBlocked = true;

    /// <summary>Searches what the browser holds for tokens.</summary>
    public async Task Look(IPage page)
    {
        var state = await page.Context.StorageStateAsync(new BrowserContextStorageStateOptions { IndexedDB = true });
        Search("cookies and storage", state);
        await LookAt(page);
    }

    /// <summary>Searches what a page holds for tokens.</summary>
    public async Task LookAt(IPage page)
    {
        if (!IsPortal(page.Url)) return;
        Search($"the page {page.Url}", await page.ContentAsync());
        Search("session storage", await page.EvaluateAsync<string>("() => JSON.stringify(sessionStorage)"));
    }

    /// <summary>Returns what was wrong since the last time.</summary>
    public async Task<IReadOnlyList<string>> Faults()
    {
        while (_reads.TryTake(out var read)) await read;
        if (_documents == 0) _faults.Enqueue("No page of the portal was read.");
        var faults = new List<string>();
        while (_faults.TryDequeue(out var fault)) faults.Add(fault);
        return faults;
    }

    private bool IsPortal(string url) => Uri.TryCreate(url, UriKind.Absolute, out var uri) && uri.Authority == _portal.Address.Authority;

    private void CheckRequest(string url)
    {
        var uri = new Uri(url);
        if (uri.Scheme == "blob") uri = new Uri(uri.AbsolutePath); // what a page has made itself has the page's origin
        if (uri.Authority != _portal.Address.Authority && uri.Authority != _portal.Issuer.Authority)
            _faults.Enqueue($"A request leaves the portal: {url}");
        // Signing out sends the ID token to the provider that made it (OpenID Connect RP-Initiated Logout 1.0).
        if (IsPortal(url)) Search("an address", url);
    }

    private async Task Read(IResponse response)
    {
        if (!IsPortal(response.Url)) return;
        try
        {
            foreach (var header in await response.HeadersArrayAsync())
                if (!header.Name.Equals("location", StringComparison.OrdinalIgnoreCase) || IsPortal(header.Value))
                    Search($"a header of {response.Url}", header.Value);
            if (response.Request.ResourceType is not ("document" or "script" or "stylesheet" or "fetch" or "xhr")) return;
            Search(response.Url, await response.TextAsync());
            if (response.Request.ResourceType == "document") Interlocked.Increment(ref _documents);
        }
        catch (PlaywrightException)
        {
            // A redirect has no body, and the browser forgets the bodies of pages that it leaves.
        }
    }

    private void CheckMessage(IConsoleMessage message)
    {
        if (message.Type != "error") return;
        if (_expectsBlocked && message.Text.EndsWith("The action has been blocked.", StringComparison.Ordinal)) return;
        if (LoadFailure().Match(message.Text) is { Success: true } failure
            && _expected.ContainsKey(int.Parse(failure.Groups[1].ValueSpan, CultureInfo.InvariantCulture))) return;
        _faults.Enqueue($"The console shows: {message.Text} ({message.Location})");
    }

    private void Search(string place, string text)
    {
        foreach (var token in TokenText.Find(text)) _faults.Enqueue($"There is a token in {place}: {token}");
    }

    [GeneratedRegex("^Failed to load resource: the server responded with a status of ([0-9]{3}) ")]
    private static partial Regex LoadFailure();
}
