using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Scoring.City.People;
using Scoring.City.Platform;
using Scoring.Hosting;

namespace Scoring.Programmes;

/// <summary>
/// Tests DESIGN §1.2: nothing stored joins a person's programmes. A person's rows are those that their actions add to the tables.
/// </summary>
[Collection(typeof(SharedPlatformCollection))]
public sealed class TwoProgrammesTests(SharedPlatform platform)
{
    private const string Receipt = "ledger.entry.body/receipt#content/";
    private const string Record = Receipt + "dpv:hasRecordOfActivity/";

    /// <summary>Locations at which all subjects' rows have the same values, each with its reason.</summary>
    private static readonly (string Where, string Why)[] Common =
    [
        ("membership.", "silos, not people"),
        ("ledger.handle.source", "a registered source"),
        ("ledger.entry.body/source", "a registered source"),
        ("ledger.entry.body/type", "a registered event type"),
        ("ledger.entry.body/service", "a registered service"),
        ("ledger.grant_.service", "a registered service"),
        ("ledger.entry.body/receipt#header/", "the platform's key and how it signs"),
        (Receipt + "@", "the format of all receipts; their random ids are other members"),
        (Receipt + "dct:conformsTo", "the format of all receipts"),
        (Receipt + "scoring:schemaVersion", "the format of all receipts"),
        (Receipt + "dct:publisher", "the programme's published terms"),
        (Record + "@", "the format of all receipts; their random ids are other members"),
        (Record + "dct:conformsTo", "the format of all receipts"),
        (Record + "dpv:hasDataSubject/@", "the format of all receipts; their random ids are other members"),
        (Record + "dpv:hasDataController", "the programme's published terms"),
        (Record + "dpv:hasAuthority", "the installation"),
        (Record + "dpv:hasJurisdiction", "the installation"),
        (Record + "dpv:hasApplicableLaw", "the format of all receipts"),
        (Record + "dpv:hasLegalBasis", "the format of all receipts"),
        (Record + "dpv:hasConsentStatus/", "the format of all receipts"),
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
        var driver = platform.Session.Residents.Draw("safe-driver", "in-two-programmes");
        var payer = platform.Session.Residents.Draw("fair-payer", "in-two-programmes");
        // The same participant, and the same handle of the one source that serves both programmes.
        payer = payer with
        {
            Participant = driver.Participant,
            Handles = [.. payer.Handles.Select(h => h.Family == EventFamily.Surveillance ? driver.HandleFor(EventFamily.Surveillance) : h)],
        };
        var before = await StoredValues.Rows(platform.Database);
        await Perform(driver, "surveillance.speed-camera", new JsonObject { ["overLimitKmh"] = 3, ["schoolZone"] = false });
        var between = await StoredValues.Rows(platform.Database);
        await Perform(payer, "surveillance.check-in", new JsonObject { ["venue"] = "library" });
        var after = await StoredValues.Rows(platform.Database);

        var driving = Personal(between.Except(before));
        var paying = Personal(after.Except(between));
        foreach (var values in new[] { driving, paying })
        {
            values.Select(value => value.Where).ShouldContain("ledger.snapshot.state");
            values.Select(value => value.Where).ShouldContain("ledger.entry.body/reference");
            foreach (var random in new[] { Receipt, Record, Record + "dpv:hasDataSubject/" })
                values.Select(value => value.Where).ShouldContain(random + "dct:identifier");
        }
        StoredValues.Shared(driving, paying).ShouldBeEmpty();
        await ShouldFindAPlantedValue(after, driving, paying);
    }

    /// <summary>Checks the search itself: it finds a value that is planted in both, in a column and in the middle of a body.</summary>
    private async Task ShouldFindAPlantedValue(
        HashSet<string> after, (string Where, byte[] Value)[] driving, (string Where, byte[] Value)[] paying)
    {
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

    /// <summary>Returns whether a row has the leaf of one of these values' rows.</summary>
    private static bool IsOf(string row, IEnumerable<(string Where, byte[] Value)> values) => values.Any(value =>
        value.Where == "ledger.entry.leaf" && row.Contains(Convert.ToHexStringLower(value.Value), StringComparison.Ordinal));

    private static (string Where, byte[] Value)[] Personal(IEnumerable<string> rows) =>
        [.. StoredValues.Of(rows).Where(value => !Common.Any(c => value.Where.StartsWith(c.Where, StringComparison.Ordinal)))];

    /// <summary>Enrols a person in a programme and performs every kind of action there.</summary>
    private async Task Perform(Resident person, string type, JsonObject data)
    {
        var programme = await platform.Session.Platform.Programme(person.Programme, CancellationToken.None);
        var resident = (await platform.Session.Residents.Enrol(programme, [person], _ => { }, CancellationToken.None))[0];
        var service = resident.Service!;
        var (id, _) = await platform.Grant(resident, service, uses: 5, until: TimeProvider.System.GetUtcNow().AddDays(9));
        await platform.Grant(resident, service, uses: 5);
        await platform.Own(resident, HttpMethod.Delete, $"/grants/{id}");
        await platform.Own(resident, HttpMethod.Put, "/restriction");
        await platform.Own(resident, HttpMethod.Delete, "/restriction");
        await Send(resident, type, data);
        await platform.Query(service, resident.Grant!);
        await platform.Own(resident, HttpMethod.Get, "/score");
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        // The snapshot is written in the background, after the answer.
        var subjects =
            $"SELECT count(*) FROM ledger.snapshot JOIN ledger.enrolment e USING (subject) WHERE e.programme = '{resident.Programme}'";
        while (await platform.Database.Scalar<long>(subjects) == 0) await Task.Delay(20, timeout.Token);
    }

    private async Task Send(Resident resident, string type, JsonObject data)
    {
        var source = platform.Session.Standalone.Sources.First(s => s.Family == EventFamily.Surveillance);
        data["programme"] = resident.Programme;
        data["handle"] = resident.HandleFor(EventFamily.Surveillance).Token;
        var batch = new JsonArray([.. Enumerable.Range(0, 12).Select(_ => (JsonNode)new JsonObject
        {
            ["specversion"] = "1.0", ["id"] = Guid.NewGuid().ToString(), ["source"] = source.Id, ["type"] = type,
            ["time"] = TimeProvider.System.GetUtcNow().ToString("O", CultureInfo.InvariantCulture), ["data"] = data.DeepClone(),
        })]);
        var (status, answer) = await platform.Session.Platform.SendEvents(
            source.Token, Encoding.UTF8.GetBytes(batch.ToJsonString()), CancellationToken.None);
        status.ShouldBe(System.Net.HttpStatusCode.Accepted, answer);
    }
}
