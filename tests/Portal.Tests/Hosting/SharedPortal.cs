using System.Text.Json;
using Scoring.City.Commands;

namespace Scoring.Hosting;

[CollectionDefinition]
public sealed class SharedPortalCollection : ICollectionFixture<SharedPortal>;

/// <summary>One platform with its portal, and one browser, for all tests of pages. Each test gets browser contexts of its own.</summary>
public sealed class SharedPortal : IAsyncLifetime
{
    private ScratchFolder? _scratch;
    private StandaloneProcess? _process;
    private Session? _session;
    private IPlaywright? _playwright;
    private IBrowser? _browser;
    private Task<SampleSubject>? _sample;

    /// <summary>The portal's address.</summary>
    public Uri Address { get; private set; } = null!;

    /// <summary>The address of the development issuer, which plays the sources' pages too.</summary>
    public Uri Issuer { get; private set; } = null!;

    /// <summary>A subject for pages to show.</summary>
    internal Task<SampleSubject> Sample => _sample ??= SampleSubject.Make(this);

    internal Session Session => _session!;

    internal IBrowser Browser => _browser!;

    public async ValueTask InitializeAsync()
    {
        try
        {
            _scratch = new ScratchFolder();
            _process = await StandaloneProcess.Start(_scratch.Path, developmentClock: false, "--Queries:ValiditySeconds=1");
            _session = _process.Session();
            var file = JsonElement.Parse(await File.ReadAllTextAsync(Path.Combine(_scratch.Path, "standalone.json")));
            Address = new Uri(file.GetProperty("portal").GetProperty("address").GetString()!);
            Issuer = new Uri(file.GetProperty("issuer").GetProperty("issuer").GetString()!);
            _playwright = await Playwright.CreateAsync();
            _browser = await Chromium.Start(_playwright);
        }
        catch
        {
            // A fixture that did not start is not disposed of, and its processes would stay.
            await DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null) await _browser.CloseAsync();
        _playwright?.Dispose();
        _session?.Dispose();
        if (_process is not null) await _process.DisposeAsync();
        _scratch?.Dispose();
    }

    /// <summary>The access token of a made-up person for calls without a browser; their subjects are the same as in it.</summary>
    internal string TokenOf(string person) => File.ReadAllText(Path.Combine(_scratch!.Path, "tokens", person));
}
