using System.Globalization;
using System.Security.Cryptography;
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
/// Prepares subjects of every kind, which it enrols, pauses and withdraws over HTTP. Each cold query needs a grant of its own, so the
/// grants are written directly into their table. A wider version is published through the store, because the API requires 14 days of
/// notice.
/// </summary>
public sealed class NeutralSetup(InProcess platform, Session session, NeutralOptions options, TextWriter progress) : IAsyncDisposable
{
    private const int WarmGrants = 64;
    private static readonly int[] BatchSizes = [100, 1000];
    private const string Parking = "parking-desk";
    private const string Market = "market-desk";
    private const string Culture = "culture-desk";

    private readonly NpgsqlDataSource _database =
        NpgsqlDataSource.Create(platform.Services.GetRequiredService<IOptions<StorageOptions>>().Value.ConnectionString);

    private readonly PlatformKeys _keys = platform.Services.GetRequiredService<PlatformKeys>();
    private readonly NeutralRequests _requests = new(session.Standalone);
    private readonly HashSet<long> _known = [];

    /// <summary>Subjects that are enrolled and never paused. The load is about them too.</summary>
    public IReadOnlyList<Resident> Unrestricted { get; private set; } = [];

    /// <summary>Prepares everything and returns what to send.</summary>
    public async Task<NeutralKinds> Prepare(CancellationToken cancellationToken)
    {
        (Unrestricted, var unrestricted) = await Enrol(ProgrammeNames.SafeDriver, "unrestricted", cancellationToken);
        var (restrictedPeople, restricted) = await Enrol(ProgrammeNames.SafeDriver, "restricted", cancellationToken);
        var (withdrawnPeople, withdrawn) = await Enrol(ProgrammeNames.SafeDriver, "withdrawn", cancellationToken);
        var grants = await WriteGrantsOfEachKind(unrestricted, restricted, withdrawn, cancellationToken);
        await Execute("DELETE FROM ledger.grant_ WHERE uses_left = 1", cancellationToken);
        await SendForEach(restrictedPeople, HttpMethod.Put, "/restriction", cancellationToken);
        await SendForEach(withdrawnPeople, HttpMethod.Delete, "", cancellationToken);
        await PublishWider(cancellationToken);
        await session.Api.As(session.Standalone.AdministratorToken(1)).Administration.Suspend(
            ProgrammeNames.FairPayer, new Client.SuspensionRequest("A bench."), cancellationToken);
        Resident[] strangers = [.. Enumerable.Range(0, options.People).Select(i => DrawResident("stranger", i))];
        RequestKind[] events =
        [
            _requests.Events(RequestKind.Unknown, strangers), _requests.Events("enrolled", Unrestricted),
            _requests.Events("restricted", restrictedPeople), _requests.Events("withdrawn", withdrawnPeople),
        ];
        var floor = new RequestKind(Parking, "floor", n => _requests.Query(Parking, Unrestricted[n % Unrestricted.Count].Grant!))
        {
            IsShownOnly = true, Expected = "score",
        };
        var (active, _) = await Enrol(ProgrammeNames.SafeDriver, "active", cancellationToken);
        var activate = new RequestKind(Parking, "active", n => _requests.Query(Parking, active[n].Grant!)) { CountMax = active.Count };
        return new NeutralKinds(
            Cold, [.. grants.Select(kind => Queries(kind, n => n % WarmGrants)), floor, _requests.DelayedQueries(Parking), .. events],
            [.. BatchSizes.SelectMany(size => BatchesOfEachKind(size, strangers, active))], [activate]);

        IReadOnlyList<RequestKind> Cold(int round) =>
        [
            .. grants.Select(kind => Queries(kind, n => WarmGrants + (round * options.Pairs) + n)), _requests.DelayedQueries(Parking),
            .. round == 0 ? [floor with { CountMax = Unrestricted.Count }] : Array.Empty<RequestKind>(),
        ];

        RequestKind Queries(GrantsOfKind kind, Func<int, int> grant) =>
            _requests.Queries(kind.Service, kind.Name, n => kind.Tokens[grant(n)]);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _database.DisposeAsync();

    private RequestKind[] BatchesOfEachKind(int events, Resident[] strangers, IReadOnlyList<Resident> active) =>
    [
        _requests.Batches(events, RequestKind.Unknown, strangers), _requests.Batches(events, "enrolled", Unrestricted),
        _requests.Batches(events, "active", active), _requests.DelayedBatches(events, strangers),
    ];

    private async Task<List<GrantsOfKind>> WriteGrantsOfEachKind(
        long[] unrestricted, long[] restricted, long[] withdrawn, CancellationToken cancellationToken)
    {
        var (_, lapsed) = await Enrol(ProgrammeNames.CleanKitchen, "lapsed", cancellationToken);
        var (_, suspended) = await Enrol(ProgrammeNames.FairPayer, "suspended", cancellationToken);
        var grants = new List<GrantsOfKind>
        {
            new(Parking, "forged", [.. Tokens().Select(token => token[..7] + "\u00e9 " + token)]),
            new(Parking, "foreign", await WriteGrants(unrestricted, Market, "NULL", "NULL", cancellationToken)),
            new(Parking, "expired", await WriteGrants(unrestricted, Parking, "now() - interval '1 minute'", "NULL", cancellationToken)),
            new(Parking, "used-up", await WriteGrants(unrestricted, Parking, "NULL", "0", cancellationToken)),
            new(Parking, "revoked", await WriteGrants(unrestricted, Parking, "NULL", "1", cancellationToken)),
            new(Parking, "withdrawn", await WriteGrants(withdrawn, Parking, "NULL", "NULL", cancellationToken)),
            new(Parking, "restricted", await WriteGrants(restricted, Parking, "NULL", "NULL", cancellationToken)),
            new(Market, "lapsed", await WriteGrants(lapsed, Market, "NULL", "NULL", cancellationToken)),
            new(Culture, "suspended", await WriteGrants(suspended, Culture, "NULL", "NULL", cancellationToken)),
        };
        foreach (var service in (string[])[Parking, Market, Culture]) grants.Add(new(service, RequestKind.Unknown, Tokens()));
        return grants;
    }

    private string[] Tokens() =>
        [.. Enumerable.Range(0, WarmGrants + (2 * options.Pairs))
            .Select(_ => Convert.ToBase64String(RandomNumberGenerator.GetBytes(33))[..43])];

    private Resident DrawResident(string group, int number) =>
        session.Residents.Draw(ProgrammeNames.SafeDriver, string.Create(CultureInfo.InvariantCulture, $"{group}-{number}"));

    private async Task<(IReadOnlyList<Resident> People, long[] Subjects)> Enrol(
        string id, string group, CancellationToken cancellationToken)
    {
        var programme = await session.Platform.Programme(id, cancellationToken);
        Resident[] joining = [.. Enumerable.Range(0, options.People)
            .Select(i => session.Residents.Draw(id, string.Create(CultureInfo.InvariantCulture, $"{group}-{i}")))];
        var people = await session.Residents.Enrol(programme, joining, _ => { }, cancellationToken);
        var subjects = new List<long>();
        await using var command = _database.CreateCommand("SELECT subject FROM ledger.enrolment");
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
            if (_known.Add(reader.GetInt64(0))) subjects.Add(reader.GetInt64(0));
        await progress.WriteLineAsync($"{people.Count:N0} enrolled as {group}");
        return (people, [.. subjects]);
    }

    private async Task<string[]> WriteGrants(
        long[] subjects, string service, string until, string uses, CancellationToken cancellationToken)
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
        foreach (var resident in people)
        {
            var token = session.Credentials.ParticipantToken(resident.Participant);
            await session.Api.SendJson(
                method, $"/v1/me/subjects/{resident.Programme}/{resident.Ordinal}{what}", token, null, cancellationToken);
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

    /// <summary>The grants of one kind: enough for the warm queries and for two rounds of cold queries.</summary>
    private sealed record GrantsOfKind(string Service, string Name, string[] Tokens);
}
