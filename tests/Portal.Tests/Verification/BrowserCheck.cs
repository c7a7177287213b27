using Scoring.Hosting;
using IRequest = Microsoft.Playwright.IRequest;

namespace Scoring.Verification;

/// <summary>What the page reports.</summary>
/// <param name="Verdict">The heading of the verdict.</param>
/// <param name="Findings">Each row: result, sentence, code.</param>
internal sealed record BrowserReport(string Verdict, IReadOnlyList<(string Result, string Message, string Code)> Findings)
{
    /// <summary>The codes of what does not hold.</summary>
    public string Failed => string.Join(' ', Findings.Where(finding => finding.Result == "NO").Select(finding => finding.Code).Distinct());
}

/// <summary>The page on which a visitor checks files. Once the verifier is ready, the browser has no network.</summary>
internal sealed class BrowserCheck
{
    private readonly Visitor _visitor;
    private readonly List<IRequest> _loaded = [];
    private readonly List<IRequest> _later = [];
    private bool _isReady;

    private BrowserCheck(Visitor visitor)
    {
        _visitor = visitor;
        visitor.Context.Request += (_, request) => (_isReady ? _later : _loaded).Add(request);
    }

    /// <summary>What the browser asked for until the verifier was ready.</summary>
    public IReadOnlyList<IRequest> Loaded => _loaded;

    /// <summary>What the browser asked for after that.</summary>
    public IReadOnlyList<IRequest> Later => _later;

    private IPage Page => _visitor.Page;

    /// <summary>Opens the page, waits for the verifier, and takes the network away.</summary>
    public static async Task<BrowserCheck> Open(Visitor visitor)
    {
        var check = new BrowserCheck(visitor);
        await visitor.Open("/verify");
        await check.Ready();
        check._isReady = true;
        await visitor.Context.SetOfflineAsync(true);
        return check;
    }

    /// <summary>Waits until the page takes a file.</summary>
    public Task Ready() => Page.Locator("form[data-verify] button[type=submit]:enabled").WaitForAsync();

    /// <summary>Chooses files by the ids of their fields. Other fields are emptied.</summary>
    public async Task Choose(params (string Field, byte[] Content)[] files)
    {
        foreach (var field in new[] { "file", "held", "consistency", "earlier", "keys", "receipt-keys" })
        {
            var chosen = files.Where(file => file.Field == field)
                .Select(file => new FilePayload { Name = field + ".bin", MimeType = "application/octet-stream", Buffer = file.Content });
            await Page.Locator($"form[data-verify] #{field}").SetInputFilesAsync(chosen);
        }
    }

    /// <summary>Presses the button.</summary>
    public Task Start() => Page.Locator("form[data-verify] button[type=submit]").ClickAsync();

    /// <summary>Checks files, and reads the report.</summary>
    public async Task<BrowserReport> Run(params (string Field, byte[] Content)[] files)
    {
        await Choose(files);
        await Start();
        return await Report();
    }

    /// <summary>Waits for the report of the check that was started.</summary>
    public async Task<BrowserReport> Report()
    {
        await Page.Locator("[data-verify-report]").WaitForAsync(new LocatorWaitForOptions { Timeout = 120_000 });
        await Ready();
        var rows = await Page.EvaluateAsync<string[][]>("""
            () => [...document.querySelectorAll("[data-verify-report] tbody tr")]
              .map(row => [...row.cells].map(cell => cell.textContent))
            """);
        return new BrowserReport(
            await Page.Locator("[data-verdict] h3").InnerTextAsync(), [.. rows.Select(row => (row[0], row[1], row[2]))]);
    }
}
