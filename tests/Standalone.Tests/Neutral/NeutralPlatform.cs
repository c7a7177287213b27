using System.Text.Json;
using System.Text.Json.Nodes;
using Scoring.Canaries;
using Scoring.City.Commands;
using Scoring.City.People;
using Scoring.City.Platform;
using Scoring.Hosting;
using Scoring.Rules;

namespace Scoring.Neutral;

[CollectionDefinition]
public sealed class OnOnePlatform : ICollectionFixture<NeutralPlatform>;

/// <summary>
/// One platform for the tests of this folder, with a second service for one programme, registered as two administrators do it, and with
/// answers that are valid for a second only, so that a grant's uses can be used up.
/// </summary>
public sealed class NeutralPlatform : IAsyncLifetime
{
    private ScratchFolder? _scratch;
    private StandaloneProcess? _process;
    private Session? _session;
    private StandaloneDatabase? _database;

    public const string Parking = "parking-desk", Garage = "garage-desk", Market = "market-desk", Culture = "culture-desk";

    internal Session Session => _session!;

    internal StandaloneDatabase Database => _database!;

    public async ValueTask InitializeAsync()
    {
        _scratch = new ScratchFolder();
        _process = await StandaloneProcess.Start(
            _scratch.Path, developmentClock: false, "--Queries:ValiditySeconds=1", "--Ledger:AppendMillisecondsMax=3000",
            "--Subjects:SnapshotEntries=5");
        _session = _process.Session();
        _database = new StandaloneDatabase(_scratch.Path);
        await RegisterGarage();
    }

    public async ValueTask DisposeAsync()
    {
        _session?.Dispose();
        if (_database is not null) await _database.DisposeAsync();
        if (_process is not null) await _process.DisposeAsync();
        _scratch?.Dispose();
    }

    /// <summary>A service's access token.</summary>
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

    /// <summary>Enrols somebody; the grant that the town hall gives is for the programme's first service.</summary>
    internal async Task<Resident> Enrol(string programme, string who) => (await Session.TownHall.Enrol(
        await Session.Participation.Programme(programme, CancellationToken.None), [Session.TownHall.Meet(programme, who)], _ => { },
        CancellationToken.None))[0];

    /// <summary>What a participant does with their subject.</summary>
    internal Task<JsonElement?> Own(Resident who, HttpMethod method, string path, JsonObject? body = null) => Session.Api.Ask(
        method, $"/v1/me/subjects/{who.Programme}/{who.Ordinal}{path}", Session.Credentials.ParticipantToken(who.Participant), body,
        CancellationToken.None);

    /// <summary>Gives a grant; its name and its token.</summary>
    internal async Task<(string Id, string Token)> Grant(Resident who, string service, int? uses = null, DateTimeOffset? until = null)
    {
        var wish = new JsonObject { ["service"] = service };
        if (uses is not null) wish["uses"] = uses;
        if (until is { } end) wish["until"] = end.ToString("O", System.Globalization.CultureInfo.InvariantCulture);
        var given = (await Own(who, HttpMethod.Post, "/grants", wish)).ShouldNotBeNull();
        return (given.GetProperty("id").GetString()!, given.GetProperty("token").GetString()!);
    }

    /// <summary>What a service is told.</summary>
    internal async Task<JsonElement> Ask(string service, string grant) => (await Session.Api.Ask(
        HttpMethod.Post, "/v1/scores/query", ServiceToken(service), new JsonObject { ["grant"] = grant }, CancellationToken.None))
        .ShouldNotBeNull();

    /// <summary>Uses a grant up that is good for one question: asked until a second window has come.</summary>
    internal async Task UseUp(string service, string grant)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        var first = (await Ask(service, grant)).GetProperty("reference").GetString();
        while ((await Ask(service, grant)).GetProperty("reference").GetString() == first) patience.Token.ThrowIfCancellationRequested();
    }

    /// <summary>
    /// A version of a programme in force since yesterday to which nobody consented. Written into the tables: notice takes a fortnight.
    /// </summary>
    internal async Task Widen(string programme)
    {
        var text = await Database.Scalar<byte[]>($"SELECT document FROM ledger.rule_set WHERE programme = '{programme}' AND number = 1");
        var document = JsonNode.Parse(text)!.AsObject();
        var day = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime).AddDays(-2);
        (document["number"], document["firstDay"]) = (2, day.ToString("O", System.Globalization.CultureInfo.InvariantCulture));
        var wider = CanonicalJson.Write(document);
        await Database.Execute($"""
            INSERT INTO ledger.rule_set (programme, number, hash, first_day, document, terms, assessment)
            SELECT programme, 2, '{CanonicalJson.Hash(wider)}', '{day:yyyy-MM-dd}', '\x{Convert.ToHexStringLower(wider)}', terms, assessment
            FROM ledger.rule_set WHERE programme = '{programme}' AND number = 1;
            INSERT INTO ledger.widening (programme, number, first_day) VALUES ('{programme}', 2, '{day:yyyy-MM-dd}')
            """);
    }

    internal City.Platform.AdministratorClient Administrator(int number) => new(Session.Api, Session.Standalone.AdministratorToken(number));

    private async Task RegisterGarage()
    {
        var lastDay = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime).AddDays(300);
        var proposed = await Administrator(1).Propose("services", new JsonObject
        {
            ["act"] = "register",
            ["document"] = new JsonObject
            {
                ["id"] = Garage, ["programme"] = "safe-driver", ["context"] = "mobility", ["legalEntity"] = "City Garages Ltd",
                ["purpose"] = "A free car wash", ["contact"] = "privacy@garage-desk.example",
                ["lastDay"] = lastDay.ToString("O", System.Globalization.CultureInfo.InvariantCulture),
            },
        }, CancellationToken.None);
        await Administrator(2).Confirm("services", Garage, proposed.GetProperty("hash").GetString()!, CancellationToken.None);
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while ((await Session.Api.Send(
            HttpMethod.Post, "/v1/scores/query", ServiceToken(Garage), "{\"grant\":\"x\"}"u8.ToArray(), "application/json",
            patience.Token)).Status != System.Net.HttpStatusCode.OK)
        {
            // The silo looks at what is registered once it is approved.
        }
    }
}
