using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Options;
using Npgsql;
using Scoring.Administration;
using Scoring.City.Commands;
using Scoring.City.People;
using Scoring.City.Platform;
using Scoring.Keys;
using Scoring.Programmes;
using Scoring.Storage;
using Scoring.Testing;
using Scoring.Verify.Scores;

namespace Scoring.Bench.Neutral;

/// <summary>
/// People of every kind, enrolled, paused and withdrawn over HTTP. Of grants there are so many, each asked once, that they are written
/// straight into their table; how a grant got there is not measured. A wider version is published through the store, since notice takes a
/// fortnight.
/// </summary>
public sealed class NeutralSetup(InProcess platform, Session session, NeutralOptions options, TextWriter progress) : IAsyncDisposable
{
    private const int WarmGrants = 64;
    private const string Neutral = "\"score\":500,\"tier\":\"baseline\"";

    private readonly NpgsqlDataSource _database =
        NpgsqlDataSource.Create(platform.Services.GetRequiredService<IOptions<StorageOptions>>().Value.ConnectionString);

    private readonly PlatformKeys _keys = platform.Services.GetRequiredService<PlatformKeys>();
    private readonly HashSet<long> _known = [];

    /// <summary>Enrolled and never paused: they also make the load.</summary>
    public IReadOnlyList<Resident> Unrestricted { get; private set; } = [];

    /// <summary>Kinds that take fresh grants each time, and those that ask about a few again and again.</summary>
    public async Task<(Func<int, IReadOnlyList<RequestKind>> Cold, IReadOnlyList<RequestKind> Warm)> Prepare(CancellationToken cancellationToken)
    {
        (Unrestricted, var standing) = await Enrol(ProgrammeNames.SafeDriver, "everyday", cancellationToken);
        var (restricted, paused) = await Enrol(ProgrammeNames.SafeDriver, "restricted", cancellationToken);
        var (withdrawn, gone) = await Enrol(ProgrammeNames.SafeDriver, "withdrawn", cancellationToken);
        var (_, lapsed) = await Enrol(ProgrammeNames.CleanKitchen, "lapsed", cancellationToken);
        var (_, stopped) = await Enrol(ProgrammeNames.FairPayer, "suspended", cancellationToken);
        var (parking, market, culture) = ("parking-desk", "market-desk", "culture-desk");
        var made = new List<(string Family, string Name, string[] Grants)>
        {
            (parking, "forged", [.. Tokens().Select(token => token[..7] + "\u00e9 " + token)]),
            (parking, "foreign", await WriteGrants(standing, market, "NULL", "NULL", cancellationToken)),
            (parking, "expired", await WriteGrants(standing, parking, "now() - interval '1 minute'", "NULL", cancellationToken)),
            (parking, "used-up", await WriteGrants(standing, parking, "NULL", "0", cancellationToken)),
            (parking, "revoked", await WriteGrants(standing, parking, "NULL", "1", cancellationToken)),
            (parking, "withdrawn", await WriteGrants(gone, parking, "NULL", "NULL", cancellationToken)),
            (parking, "restricted", await WriteGrants(paused, parking, "NULL", "NULL", cancellationToken)),
            (market, "lapsed", await WriteGrants(lapsed, market, "NULL", "NULL", cancellationToken)),
            (culture, "suspended", await WriteGrants(stopped, culture, "NULL", "NULL", cancellationToken)),
        };
        await Execute("DELETE FROM ledger.grant_ WHERE uses_left = 1", cancellationToken);
        await SendForEach(restricted, HttpMethod.Put, "/restriction", cancellationToken);
        await SendForEach(withdrawn, HttpMethod.Delete, "", cancellationToken);
        await PublishWider(cancellationToken);
        await new City.Platform.AdministratorClient(session.Api, session.Standalone.AdministratorToken(1))
            .Suspend(ProgrammeNames.FairPayer, "A bench.", cancellationToken);
        foreach (var service in (string[])[parking, market, culture]) made.Add((service, RequestKind.Unknown, Tokens()));
        Resident[] strangers = [.. Enumerable.Range(0, options.People).Select(i => DrawResident("stranger", i))];
        RequestKind[] events =
            [EventKind(RequestKind.Unknown, strangers), EventKind("enrolled", Unrestricted), EventKind("restricted", restricted), EventKind("withdrawn", withdrawn)];
        var floor = new RequestKind(parking, "floor", n => QueryRequest(parking, Unrestricted[n % Unrestricted.Count].Grant!))
        {
            IsShownOnly = true, Expected = "score",
        };
        return (Cold, [.. made.Select(m => QueryKind(m.Family, m.Name, n => m.Grants[n % WarmGrants])), floor, DelayedKind(), .. events]);

        IReadOnlyList<RequestKind> Cold(int round) =>
        [
            .. made.Select(m => QueryKind(m.Family, m.Name, n => m.Grants[WarmGrants + (round * options.Pairs) + n])), DelayedKind(),
            .. round == 0 ? [floor with { CountMax = Unrestricted.Count }] : Array.Empty<RequestKind>(),
        ];
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _database.DisposeAsync();

    private string[] Tokens() =>
        [.. Enumerable.Range(0, WarmGrants + (2 * options.Pairs))
            .Select(_ => Convert.ToBase64String(RandomNumberGenerator.GetBytes(33))[..43])];

    private Resident DrawResident(string group, int number) =>
        session.TownHall.Meet(ProgrammeNames.SafeDriver, string.Create(CultureInfo.InvariantCulture, $"{group}-{number}"));

    private async Task<(IReadOnlyList<Resident> People, long[] Subjects)> Enrol(
        string id, string group, CancellationToken cancellationToken)
    {
        var programme = await session.Participation.Programme(id, cancellationToken);
        Resident[] joining = [.. Enumerable.Range(0, options.People)
            .Select(i => session.TownHall.Meet(id, string.Create(CultureInfo.InvariantCulture, $"{group}-{i}")))];
        var people = await session.TownHall.Enrol(programme, joining, _ => { }, cancellationToken);
        var subjects = new List<long>();
        await using var command = _database.CreateCommand("SELECT subject FROM ledger.enrolment");
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
            if (_known.Add(reader.GetInt64(0))) subjects.Add(reader.GetInt64(0));
        await progress.WriteLineAsync($"{people.Count:N0} enrolled as {group}");
        return (people, [.. subjects]);
    }

    private async Task<string[]> WriteGrants(long[] subjects, string service, string until, string uses, CancellationToken cancellationToken)
    {
        var tokens = Tokens();
        await using var command = _database.CreateCommand($"""
            INSERT INTO ledger.grant_ (hash, subject, since, until, id, service, uses_left)
            SELECT hash, subject, now() - interval '1 day', {until}, 'b' || encode(substring(hash FOR 12), 'hex'), '{service}', {uses}
            FROM unnest($1, $2) AS i (hash, subject)
            """);
        command.Parameters.Add(new() { Value = tokens.Select(token => _keys.GrantHash(service, token)).ToArray() });
        command.Parameters.Add(new() { Value = tokens.Select((_, i) => subjects[i % subjects.Length]).ToArray() });
        await command.ExecuteNonQueryAsync(cancellationToken);
        return tokens;
    }

    private async Task SendForEach(IReadOnlyList<Resident> people, HttpMethod method, string what, CancellationToken cancellationToken)
    {
        foreach (var who in people)
        {
            var token = session.Credentials.ParticipantToken(who.Participant);
            await session.Api.Ask(method, $"/v1/me/subjects/{who.Programme}/{who.Ordinal}{what}", token, null, cancellationToken);
        }
    }

    private async Task PublishWider(CancellationToken cancellationToken)
    {
        var store = platform.Services.GetRequiredService<IProgrammeStore>();
        var id = ProgrammeId.Parse(ProgrammeNames.CleanKitchen);
        var first = (await store.Read(cancellationToken)).Documents.VersionsOf(id)[0];
        var day = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime).AddDays(-2);
        var wider = first with { RuleSet = Rules.RuleSetDocument.Hashed(first.RuleSet with { Number = 2, FirstDay = day }), Widens = true };
        await store.Publish(
            wider,
            new NewAdminAction(
                Guid.NewGuid(), "published", id, "bench", TimeProvider.System.GetUtcNow(), wider.RuleSet.Hash, ["A bench."], null),
            cancellationToken);
    }

    private async Task Execute(string sql, CancellationToken cancellationToken)
    {
        await using var command = _database.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private RequestKind QueryKind(string service, string name, Func<int, string> grant) =>
        new(service, name, n => QueryRequest(service, grant(n))) { Expected = Neutral };

    private RequestKind DelayedKind() => QueryKind("parking-desk", "2 ms put in", _ => RandomNumberGenerator.GetHexString(43)) with
    {
        Delay = TimeSpan.FromMilliseconds(2),
    };

    private HttpRequestMessage QueryRequest(string service, string grant) => Post(
        "/v1/scores/query", session.Standalone.Services.First(s => s.Id == service).Token, "application/json",
        new JsonObject { ["grant"] = grant });

    private RequestKind EventKind(string name, IReadOnlyList<Resident> people)
    {
        var source = session.Standalone.Sources.First(s => s.Family == EventFamily.Traffic);
        return new RequestKind("events", name, n => Post("/v1/events", source.Token, "application/cloudevents+json", new JsonObject
        {
            ["specversion"] = "1.0", ["id"] = Guid.NewGuid().ToString(), ["source"] = source.Id, ["type"] = "traffic.trip",
            ["time"] = TimeProvider.System.GetUtcNow().ToString("O", CultureInfo.InvariantCulture),
            ["data"] = new JsonObject
            {
                ["programme"] = ProgrammeNames.SafeDriver, ["handle"] = people[n % people.Count].HandleFor(EventFamily.Traffic).Token,
                ["distanceKm"] = 7, ["overLimitKm"] = 0, ["harshBrakings"] = 3,
            },
        }));
    }

    private static HttpRequestMessage Post(string path, string token, string type, JsonObject body)
    {
        var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body.ToJsonString()));
        content.Headers.ContentType = new MediaTypeHeaderValue(type);
        return new HttpRequestMessage(HttpMethod.Post, path) { Content = content, Headers = { Authorization = new("Bearer", token) } };
    }
}
