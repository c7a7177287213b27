using System.Text.Json;
using System.Text.Json.Nodes;
using Scoring.City.Commands;
using Scoring.City.Platform;
using Scoring.Testing;

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
    private DateTimeOffset? _now;

    /// <summary>The portal's address.</summary>
    public Uri Address { get; private set; } = null!;

    /// <summary>The address of the development issuer, which plays the sources' pages too.</summary>
    public Uri Issuer { get; private set; } = null!;

    /// <summary>The instant of programmes.</summary>
    internal DateTimeOffset Now => _now ?? TimeProvider.System.GetUtcNow();

    /// <summary>A subject for pages to show.</summary>
    internal Task<SampleSubject> Sample => _sample ??= SampleSubject.Make(this);

    internal Session Session => _session!;

    internal IBrowser Browser => _browser!;

    public async ValueTask InitializeAsync()
    {
        try
        {
            await StartPlatform(developmentClock: false);
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

    /// <summary>
    /// Starts another platform for the same browser, in which a test sets the clock of programmes. The caller disposes of it.
    /// </summary>
    internal Task<SharedPortal> StartWithClock() => StartOther(developmentClock: true);

    /// <summary>Starts another platform for the same browser, which signs a checkpoint every second. The caller disposes of it.</summary>
    internal Task<SharedPortal> StartWithCheckpoints() =>
        StartOther(developmentClock: false, "--Checkpoints:IntervalSeconds=1", "--Checkpoints:TileSeconds=1");

    private async Task<SharedPortal> StartOther(bool developmentClock, params string[] settings)
    {
        var other = new SharedPortal { _browser = _browser };
        try
        {
            await other.StartPlatform(developmentClock, settings);
            return other;
        }
        catch
        {
            await other.DisposeAsync();
            throw;
        }
    }

    /// <summary>Sets the clock of programmes.</summary>
    internal async Task SetClock(string programme, DateTimeOffset instant)
    {
        await Session.Clock().Set(instant, await Session.Platform.Programme(programme, CancellationToken.None), CancellationToken.None);
        _now = instant;
    }

    private async Task StartPlatform(bool developmentClock, params string[] settings)
    {
        _scratch = new ScratchFolder();
        _process = await StandaloneProcess.Start(_scratch.Path, developmentClock, ["--Queries:ValiditySeconds=1", .. settings]);
        _session = _process.Session();
        var file = JsonElement.Parse(await File.ReadAllTextAsync(Path.Combine(_scratch.Path, "standalone.json")));
        Address = new Uri(file.GetProperty("portal").GetProperty("address").GetString()!);
        Issuer = new Uri(file.GetProperty("issuer").GetProperty("issuer").GetString()!);
    }

    public async ValueTask DisposeAsync()
    {
        if (_playwright is not null)
        {
            if (_browser is not null) await _browser.CloseAsync();
            _playwright.Dispose();
        }
        _session?.Dispose();
        if (_process is not null) await _process.DisposeAsync();
        _scratch?.Dispose();
    }

    /// <summary>The subject by which the platform knows a made-up person.</summary>
    internal string ParticipantOf(string person) => RelyingParty.Claims(TokenOf(person)).GetProperty("sub").GetString()!;

    /// <summary>Signs an access token of a service, as the issuer does.</summary>
    internal string ServiceToken(string service)
    {
        using var issuer = new JwsSigner(Session.Standalone.Issuer.SigningKey);
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        return issuer.Sign("at+jwt", new JsonObject
        {
            ["iss"] = Session.Standalone.Issuer.Issuer, ["aud"] = Session.Standalone.Issuer.Audience, ["sub"] = service,
            ["service"] = service, ["roles"] = new JsonArray("service"), ["iat"] = now, ["nbf"] = now, ["exp"] = now + 3600,
        });
    }

    /// <summary>The access token of a made-up person for calls without a browser; their subjects are the same as in it.</summary>
    internal string TokenOf(string person) => File.ReadAllText(Path.Combine(_scratch!.Path, "tokens", person));
}
