using System.Text.Json;
using System.Text.Json.Nodes;
using Scoring.City.Commands;
using Scoring.City.People;
using Scoring.City.Platform;
using Scoring.Client;
using Scoring.Rules;
using Scoring.Testing;

namespace Scoring.Hosting;

[CollectionDefinition]
public sealed class SharedPlatformCollection : ICollectionFixture<SharedPlatform>;

/// <summary>
/// One platform for several test classes. Two administrators have registered a second service for one programme, and answers are valid for
/// one second, so that a test can use up a grant.
/// </summary>
public sealed class SharedPlatform : IAsyncLifetime
{
    private ScratchFolder? _scratch;
    private StandaloneProcess? _process;
    private Session? _session;
    private StandaloneDatabase? _database;

    public const string Parking = "parking-desk";
    public const string Garage = "garage-desk";
    public const string Market = "market-desk";
    public const string Culture = "culture-desk";

    internal Session Session => _session!;

    internal StandaloneDatabase Database => _database!;

    internal string Folder => _scratch!.Path;

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

    /// <summary>Signs an access token of a service.</summary>
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

    /// <summary>Enrols a resident; their grant is for the programme's first service.</summary>
    internal async Task<Resident> Enrol(string programme, string name) => (await Session.Residents.Enrol(
        await Session.Platform.Programme(programme, CancellationToken.None), [Session.Residents.Draw(programme, name)], _ => { },
        CancellationToken.None))[0];

    /// <summary>Sends a participant's request about their own subject.</summary>
    internal Task<JsonElement?> Own(Resident resident, HttpMethod method, string path, JsonObject? body = null) => Session.Api.SendJson(
        method, $"/v1/me/subjects/{resident.Programme}/{resident.Ordinal}{path}",
        Session.Credentials.ParticipantToken(resident.Participant), body,
        CancellationToken.None);

    /// <summary>Gives a grant; returns its id and its token.</summary>
    internal async Task<(string Id, string Token)> Grant(Resident resident, string service, int? uses = null, DateTimeOffset? until = null)
    {
        var request = new JsonObject { ["service"] = service };
        if (uses is not null) request["uses"] = uses;
        if (until is { } end) request["until"] = end.ToString("O", System.Globalization.CultureInfo.InvariantCulture);
        var given = (await Own(resident, HttpMethod.Post, "/grants", request)).ShouldNotBeNull();
        return (given.GetProperty("id").GetString()!, given.GetProperty("token").GetString()!);
    }

    /// <summary>Queries a score as a service.</summary>
    internal async Task<JsonElement> Query(string service, string grant) => (await Session.Api.SendJson(
        HttpMethod.Post, "/v1/scores/query", ServiceToken(service), new JsonObject { ["grant"] = grant }, CancellationToken.None))
        .ShouldNotBeNull();

    /// <summary>Uses up a grant with one use: queries until a second validity window begins.</summary>
    internal async Task UseUp(string service, string grant)
    {
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        var first = (await Query(service, grant)).GetProperty("reference").GetString();
        while ((await Query(service, grant)).GetProperty("reference").GetString() == first) timeout.Token.ThrowIfCancellationRequested();
    }

    /// <summary>
    /// Adds a version of a programme that is in force since two days ago and to which no participant consented. It is written into the
    /// tables, because a real version needs a notice of 14 days.
    /// </summary>
    internal async Task Widen(string programme)
    {
        var text = await Database.Scalar<byte[]>($"SELECT document FROM ledger.rule_set WHERE programme = '{programme}' AND number = 1");
        var document = JsonNode.Parse(text)!.AsObject();
        var day = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime).AddDays(-2);
        document["number"] = 2;
        document["firstDay"] = day.ToString("O", System.Globalization.CultureInfo.InvariantCulture);
        var wider = CanonicalJson.Write(document);
        await Database.Execute($"""
            INSERT INTO ledger.rule_set (programme, number, hash, first_day, document, terms, assessment)
            SELECT programme, 2, '{CanonicalJson.Hash(wider)}', '{day:yyyy-MM-dd}', '\x{Convert.ToHexStringLower(wider)}', terms, assessment
            FROM ledger.rule_set WHERE programme = '{programme}' AND number = 1;
            INSERT INTO ledger.widening (programme, number, first_day) VALUES ('{programme}', 2, '{day:yyyy-MM-dd}')
            """);
    }

    internal ScoringClient Administrator(int number) => Session.Api.As(Session.Standalone.AdministratorToken(number));

    /// <summary>Proposes to register a service.</summary>
    internal Task<ProposalView> Propose(JsonObject service) => Administrator(1).Registrations.Propose(
        RegistrationKind.Service,
        new RegistrationProposal(RegistrationAction.Register, Document: JsonElement.Parse(service.ToJsonString())));

    private async Task RegisterGarage()
    {
        var lastDay = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime).AddDays(300);
        var proposed = await Propose(new JsonObject
        {
            ["id"] = Garage, ["programme"] = "safe-driver", ["context"] = "mobility", ["legalEntity"] = "City Garages Ltd",
            ["purpose"] = "A free car wash", ["contact"] = "privacy@garage-desk.example",
            ["lastDay"] = lastDay.ToString("O", System.Globalization.CultureInfo.InvariantCulture),
        });
        await Administrator(2).Registrations.Approve(RegistrationKind.Service, Garage, new ApprovalRequest(proposed.Hash));
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while ((await Session.Api.Send(
            HttpMethod.Post, "/v1/scores/query", ServiceToken(Garage), "{\"grant\":\"x\"}"u8.ToArray(), "application/json",
            timeout.Token)).Status != System.Net.HttpStatusCode.OK)
        {
            // The silo reads the registrations soon after the approval.
        }
    }
}
