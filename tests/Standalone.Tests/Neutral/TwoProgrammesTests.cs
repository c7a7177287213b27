using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Scoring.City.People;
using Scoring.City.Platform;

namespace Scoring.Neutral;

/// <summary>
/// DESIGN §1.2: nothing stored joins a person's programmes. What a person's rows are is seen from what comes into the tables.
/// </summary>
[Collection(typeof(OnOnePlatform))]
public sealed class TwoProgrammesTests(NeutralPlatform platform)
{
    private const string Receipt = "ledger.entry.body/receipt#content/";
    private const string Record = Receipt + "dpv:hasRecordOfActivity/";

    /// <summary>Where both may say the same, because everybody's rows do, and why.</summary>
    private static readonly (string Where, string Why)[] Common =
    [
        ("membership.", "silos, not people"),
        ("ledger.handle.source", "a registered source"),
        ("ledger.entry.body/source", "a registered source"),
        ("ledger.entry.body/type", "a registered event type"),
        ("ledger.entry.body/service", "a registered service"),
        ("ledger.grant_.service", "a registered service"),
        ("ledger.entry.body/receipt#header/", "the platform's key and how it signs"),
        (Receipt + "@", "the form of all receipts; what is random in it stands beside it"),
        (Receipt + "dct:conformsTo", "the form of all receipts"),
        (Receipt + "scoring:schemaVersion", "the form of all receipts"),
        (Receipt + "dct:publisher", "the programme's published terms"),
        (Record + "@", "the form of all receipts; what is random in it stands beside it"),
        (Record + "dct:conformsTo", "the form of all receipts"),
        (Record + "dpv:hasDataSubject/@", "the form of all receipts; what is random in it stands beside it"),
        (Record + "dpv:hasDataController", "the programme's published terms"),
        (Record + "dpv:hasAuthority", "the installation"),
        (Record + "dpv:hasJurisdiction", "the installation"),
        (Record + "dpv:hasApplicableLaw", "the form of all receipts"),
        (Record + "dpv:hasLegalBasis", "the form of all receipts"),
        (Record + "dpv:hasConsentStatus/", "the form of all receipts"),
        (Record + "dpv:hasNotice/", "the installation"),
        (Record + "scoring:version/", "the programme's published version"),
        (Record + "dpv:hasProcess/", "the programme's published version"),
        (Record + "dpv:hasConsentControl/", "the routes"),
        (Record + "dpv:hasRight/", "the routes"),
        (Record + "dpv:hasEntity/", "controller, authority and registered services"),
    ];

    [Fact]
    public async Task One_person_in_two_programmes_shares_no_stored_value_between_them()
    {
        var driver = platform.Session.TownHall.Meet("safe-driver", "in-two-programmes");
        var payer = platform.Session.TownHall.Meet("fair-payer", "in-two-programmes");
        // The same participant, and the same token of the one source that knows them in both.
        payer = payer with
        {
            Participant = driver.Participant,
            Handles = [.. payer.Handles.Select(h => h.Family == EventFamily.Surveillance ? driver.HandleFor(EventFamily.Surveillance) : h)],
        };
        var before = await StoredValues.Rows(platform.Database);
        await Live(driver, "surveillance.speed-camera", new JsonObject { ["overLimitKmh"] = 3, ["schoolZone"] = false });
        var between = await StoredValues.Rows(platform.Database);
        await Live(payer, "surveillance.check-in", new JsonObject { ["venue"] = "library" });
        var after = await StoredValues.Rows(platform.Database);

        var (driving, paying) = (Personal(between.Except(before)), Personal(after.Except(between)));
        foreach (var values in new[] { driving, paying })
        {
            values.Select(value => value.Where).ShouldContain("ledger.snapshot.state");
            values.Select(value => value.Where).ShouldContain("ledger.entry.body/reference");
            foreach (var random in new[] { Receipt, Record, Record + "dpv:hasDataSubject/" })
                values.Select(value => value.Where).ShouldContain(random + "dct:identifier");
        }
        StoredValues.Shared(driving, paying).ShouldBeEmpty();

        // A value planted in both is found, in a column as in the middle of a body.
        await platform.Database.Execute("""
            UPDATE ledger.handle SET id = 'planted-7d1e-' || substring(id FOR 10) WHERE source LIKE '%surveillance%';
            UPDATE ledger.entry
            SET body = convert_to('{"a":"x' || substring(encode(key::text::bytea, 'hex') FOR 20) || '-planted-b00f-"}', 'UTF8')
            WHERE kind = 11
            """);
        var planted = (await StoredValues.Rows(platform.Database)).Except(after).ToArray();
        var found = StoredValues.Shared(
            Personal(planted.Where(row => row.Contains("safe-driver", StringComparison.Ordinal) || IsOf(row, driving))),
            Personal(planted.Where(row => row.Contains("fair-payer", StringComparison.Ordinal) || IsOf(row, paying))));
        found.ShouldContain(line => line.StartsWith("ledger.handle.id and ledger.handle.id", StringComparison.Ordinal));
        found.ShouldContain(line => line.StartsWith("ledger.entry.body/a and ledger.entry.body/a", StringComparison.Ordinal));
    }

    /// <summary>Whether a row has the leaf of one that was this person's.</summary>
    private static bool IsOf(string row, IEnumerable<(string Where, byte[] Value)> values) => values.Any(value =>
        value.Where == "ledger.entry.leaf" && row.Contains(Convert.ToHexStringLower(value.Value), StringComparison.Ordinal));

    private static (string Where, byte[] Value)[] Personal(IEnumerable<string> rows) =>
        [.. StoredValues.Of(rows).Where(value => !Common.Any(c => value.Where.StartsWith(c.Where, StringComparison.Ordinal)))];

    /// <summary>Everything that one does in a programme.</summary>
    private async Task Live(Resident person, string type, JsonObject data)
    {
        var programme = await platform.Session.Participation.Programme(person.Programme, CancellationToken.None);
        var who = (await platform.Session.TownHall.Enrol(programme, [person], _ => { }, CancellationToken.None))[0];
        var service = who.Service!;
        var (id, _) = await platform.Grant(who, service, uses: 5, until: TimeProvider.System.GetUtcNow().AddDays(9));
        await platform.Grant(who, service, uses: 5);
        await platform.Own(who, HttpMethod.Delete, $"/grants/{id}");
        await platform.Own(who, HttpMethod.Put, "/restriction");
        await platform.Own(who, HttpMethod.Delete, "/restriction");
        await Send(who, type, data);
        await platform.Ask(service, who.Grant!);
        await platform.Own(who, HttpMethod.Get, "/score");
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        // Written beside the answer's road.
        var subjects =
            $"SELECT count(*) FROM ledger.snapshot JOIN ledger.enrolment e USING (subject) WHERE e.programme = '{who.Programme}'";
        while (await platform.Database.Scalar<long>(subjects) == 0) await Task.Delay(20, patience.Token);
    }

    private async Task Send(Resident who, string type, JsonObject data)
    {
        var source = platform.Session.Standalone.Sources.First(s => s.Family == EventFamily.Surveillance);
        (data["programme"], data["handle"]) = (who.Programme, who.HandleFor(EventFamily.Surveillance).Token);
        var batch = new JsonArray([.. Enumerable.Range(0, 12).Select(_ => (JsonNode)new JsonObject
        {
            ["specversion"] = "1.0", ["id"] = Guid.NewGuid().ToString(), ["source"] = source.Id, ["type"] = type,
            ["time"] = TimeProvider.System.GetUtcNow().ToString("O", CultureInfo.InvariantCulture), ["data"] = data.DeepClone(),
        })]);
        var (status, answer) = await platform.Session.Participation.Post(
            source.Token, Encoding.UTF8.GetBytes(batch.ToJsonString()), CancellationToken.None);
        status.ShouldBe(System.Net.HttpStatusCode.Accepted, answer);
    }
}
