using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Scoring.City.Commands;
using Scoring.City.People;
using Scoring.City.Platform;
using Scoring.City.Replays;
using Scoring.Hosting;
using Scoring.Testing;
using Scoring.Verify.Scores;

namespace Scoring.Exports;

/// <summary>Tests a participant's archive over HTTP on a real PostgreSQL.</summary>
public sealed class ExportTests
{
    private const string Programme = ProgrammeNames.SafeDriver;
    private static readonly DateTimeOffset Start = new(2026, 3, 2, 17, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task An_archive_holds_everything_and_proves_itself()
    {
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(120));
        var cancellationToken = timeout.Token;
        using var scratch = new ScratchFolder();
        await using var platform = await StandaloneProcess.Start(scratch.Path, developmentClock: true);
        using var session = platform.Session();
        var programme = await session.Platform.Programme(Programme, cancellationToken);
        var time = session.Clock();
        await time.Set(Start, programme, cancellationToken);
        programme = await session.Platform.Programme(Programme, cancellationToken);
        var people = await session.Residents.Enrol(
            programme, [session.Residents.Draw(Programme, "driver"), session.Residents.Draw(Programme, "other")], _ => { },
            cancellationToken);
        var driver = people[0];
        await DriveAndQuery(session, programme, time, driver, cancellationToken);
        var own = new OwnSubjectClient(session, driver);
        await own.Send(HttpMethod.Put, "/restriction", cancellationToken);
        await own.Send(HttpMethod.Delete, "/restriction", cancellationToken);
        var before = await own.Json("/history?count=500", cancellationToken);

        using var archive = await own.Export(cancellationToken);

        (await own.Json("/history?count=500", cancellationToken)).ToJsonString()
            .ShouldBe(before.ToJsonString(), "an export of one's own archive is no access");
        ShouldIdentifyItsSubject(archive, driver);
        await ShouldHoldEveryEntry(archive, own, cancellationToken);
        await ShouldExplain(archive, own, cancellationToken);
        await ShouldListEveryAccess(archive, own, cancellationToken);
        await ShouldHoldWhatIsPublished(archive, session, cancellationToken);
        await ShouldHoldTheDocumentsOfTheSubject(archive, own, cancellationToken);

        await Send(session, driver, [Trip(driver, "later", time.Now, 30)], cancellationToken);
        using (var later = await own.Export(cancellationToken)) later.LastTurn.ShouldBe(archive.LastTurn + 1);
        await ShouldBelongToItsParticipantOnly(session, people[1], driver, cancellationToken);
        await own.Send(HttpMethod.Delete, "", cancellationToken);
        (await own.Send(HttpMethod.Get, "/export", cancellationToken)).Status.ShouldBe(HttpStatusCode.NotFound);
        platform.Printed.ShouldNotContain(driver.Participant);
    }

    [Fact]
    public async Task Two_hundred_thousand_entries_are_exported_and_a_withdrawal_meanwhile_leaves_no_archive_that_looks_complete()
    {
        const int Events = 200_000;
        // The limit of the platform's heap. The two files of entries are larger, so an archive in memory would end the process.
        const long HeapBytesMax = 128L << 20;
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(300));
        var cancellationToken = timeout.Token;
        using var scratch = new ScratchFolder();
        await using var platform = await StandaloneProcess.StartWithin(HeapBytesMax, scratch.Path);
        using var session = platform.Session();
        var programme = await session.Platform.Programme(Programme, cancellationToken);
        var driver =
            (await session.Residents.Enrol(programme, [session.Residents.Draw(Programme, "driver")], _ => { }, cancellationToken))[0];
        foreach (var batch in Enumerable.Range(0, Events).Chunk(1000))
        {
            var now = TimeProvider.System.GetUtcNow();
            await Send(session, driver, batch.Select(n => Trip(driver, Invariant($"{n}"), now, 1 + n % 40)), cancellationToken);
        }
        var own = new OwnSubjectClient(session, driver);

        using (var archive = await own.Export(cancellationToken, Path.Combine(scratch.Path, "export.zip")))
        {
            var turns = archive.Entries().Select(entry => entry.GetProperty("turn").GetInt64()).ToArray();
            turns.ShouldBe(Enumerable.Range(1, (int)archive.LastTurn).Select(turn => (long)turn));
            turns.Length.ShouldBeGreaterThan(Events);
            (archive.Bytes("entries.json").LongLength + archive.Bytes("entries.csv").LongLength).ShouldBeGreaterThan(HeapBytesMax);
            archive.Csv("entries.csv").Count.ShouldBe(turns.Length + 1);
            var explanation = archive.Json("explanation.json");
            archive.Recomputed().ShouldBe(((long)explanation["score"]!, (string)explanation["tier"]!));
        }

        await WithdrawalShouldCutTheArchive(session, own, cancellationToken);
    }

    private static async Task DriveAndQuery(
        Session session, ProgrammeDocument programme, ProgrammeClock time, Resident driver, CancellationToken cancellationToken)
    {
        var service = session.Standalone.Services.Single(one => one.Programme == Programme);
        for (var day = 0; day < 4; day++)
        {
            await time.Set(Start.AddDays(day), programme, cancellationToken);
            await Send(
                session, driver, Enumerable.Range(0, 5).Select(n => Trip(driver, $"{day}-{n}", time.Now, 10 + n)), cancellationToken);
            await session.Platform.Query(service.Token, driver.Grant!, cancellationToken);
        }
    }

    private static async Task WithdrawalShouldCutTheArchive(Session session, OwnSubjectClient own, CancellationToken cancellationToken)
    {
        // The rest of the answer is read after the withdrawal, so the platform cannot have sent all of it before.
        using var client = new HttpClient { BaseAddress = session.Standalone.Address };
        using var begun = await client.SendAsync(
            own.Request(HttpMethod.Get, "/export"), HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        begun.StatusCode.ShouldBe(HttpStatusCode.OK);
        await using var body = await begun.Content.ReadAsStreamAsync(cancellationToken);
        (await body.ReadAsync(new byte[1024], cancellationToken)).ShouldBeGreaterThan(0);
        (await own.Send(HttpMethod.Get, "/export", cancellationToken)).Status.ShouldBe(HttpStatusCode.TooManyRequests);
        (await own.Send(HttpMethod.Delete, "", cancellationToken)).Status.ShouldBe(HttpStatusCode.OK);
        var rest = new MemoryStream();
        var cut = await Should.ThrowAsync<Exception>(body.CopyToAsync(rest, cancellationToken));
        (cut is IOException or HttpRequestException).ShouldBeTrue(cut.GetType().Name);
        rest.GetBuffer().AsSpan(0, (int)rest.Length).IndexOf("manifest.jws"u8).ShouldBe(-1);
    }

    private static async Task ShouldHoldTheDocumentsOfTheSubject(
        ExportedArchive archive, OwnSubjectClient own, CancellationToken cancellationToken)
    {
        ExportedArchive.Verified(archive.Text("receipts/1.jws"), archive.Json("receipt-keys.json"), "consent-receipt+jwt");
        archive.Text("receipts/1.jws").ShouldBe((string)(await own.Json("/receipt", cancellationToken))["receipt"]!);
        archive.Json("subject.json").ToJsonString().ShouldBe((await own.Json("", cancellationToken)).ToJsonString());
        archive.Json("handles.json").ToJsonString().ShouldBe((await own.Json("/handles", cancellationToken)).ToJsonString());
        archive.Json("grants.json").ToJsonString().ShouldBe((await own.Json("/grants", cancellationToken)).ToJsonString());
        archive.Json("contests.json").AsArray().ShouldBeEmpty();
    }

    private static void ShouldIdentifyItsSubject(ExportedArchive archive, Resident driver)
    {
        ((string)archive.Manifest["programme"]!, (int)archive.Manifest["ordinal"]!).ShouldBe((Programme, driver.Ordinal!.Value));
        ((string)archive.Manifest["subject"]!).ShouldMatch("^[0-9a-f]{16}$");
        archive.Day.ShouldBe(new DateOnly(2026, 3, 5));
        archive.Text("README.txt").ShouldContain("manifest.jws");
        foreach (var name in archive.Names.Except(["README.txt"]))
        {
            archive.Text(name).ShouldNotContain(driver.Participant);
            foreach (var handle in driver.Handles) archive.Text(name).ShouldNotContain(handle.Token);
        }
    }

    private static async Task ShouldHoldEveryEntry(ExportedArchive archive, OwnSubjectClient own, CancellationToken cancellationToken)
    {
        var history = (await own.Json("/history?count=500", cancellationToken))["entries"]!.AsArray().Reverse().ToArray();
        var entries = archive.Entries().ToArray();
        entries.Select(entry => entry.GetProperty("turn").GetInt64())
            .ShouldBe(Enumerable.Range(1, (int)archive.LastTurn).Select(n => (long)n));
        entries.Select(entry => (Text(entry, "kind"), Text(entry, "day"), entry.GetProperty("body").GetRawText())).ShouldBe(
            history.Select(entry => ((string?)entry!["kind"], (string?)entry["day"], Canonical(entry["body"]))));
        var rows = archive.Csv("entries.csv");
        rows[0].ShouldBe(["turn", "position", "partition", "kind", "kindNumber", "day", "key", "nonce", "leaf", "body"]);
        rows.Skip(1).Select(row => string.Join('|', row)).ShouldBe(entries.Select(entry => string.Join('|', entry.EnumerateObject()
            .Select(member => member.Value.ValueKind == JsonValueKind.String ? member.Value.GetString() : member.Value.GetRawText()))));
    }

    private static async Task ShouldExplain(ExportedArchive archive, OwnSubjectClient own, CancellationToken cancellationToken)
    {
        var explanation = archive.Json("explanation.json");
        var full = await own.Json("/score", cancellationToken);
        archive.Recomputed().ShouldBe(((long)explanation["score"]!, (string)explanation["tier"]!));
        ((long)explanation["score"]!).ShouldBeGreaterThan((long)explanation["floor"]!);
        foreach (var day in full["rules"]!.AsArray().SelectMany(rule => rule!["days"]!.AsArray())) day!["entries"] = new JsonArray();
        explanation.ToJsonString().ShouldBe(full.ToJsonString());
        ((long)explanation["turn"]!).ShouldBe(archive.LastTurn);
    }

    private static async Task ShouldListEveryAccess(ExportedArchive archive, OwnSubjectClient own, CancellationToken cancellationToken)
    {
        var accesses = archive.Json("looks.json").AsArray();
        accesses.Count.ShouldBe(4);
        accesses.Reverse().Select(access => access!.ToJsonString())
            .ShouldBe((await own.Json("/looks?count=100", cancellationToken))["looks"]!.AsArray().Select(access => access!.ToJsonString()));
        accesses.Select(access => (long)access!["answer"]!["score"]!).Distinct().Count().ShouldBeGreaterThan(1);
        var rows = archive.Csv("looks.csv");
        rows.Skip(1).Select(row => (row[0], row[4], row[9])).ShouldBe(accesses.Select(access =>
            (access!["turn"]!.ToString(), (string)access["service"]!, access["answer"]!["score"]!.ToString())));
    }

    private static async Task ShouldHoldWhatIsPublished(ExportedArchive archive, Session session, CancellationToken cancellationToken)
    {
        var sets = await session.Api.SendJson(HttpMethod.Get, $"/v1/programmes/{Programme}/rulesets", null, null, cancellationToken);
        foreach (var set in sets!.Value.EnumerateArray())
        {
            var bytes = archive.Bytes($"rulesets/ruleset-{set.GetProperty("number").GetInt32()}.json");
            Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(bytes)).ShouldBe(set.GetProperty("hash").GetString());
        }
        var version = JsonNode.Parse(ExportedArchive.Verified(
            archive.Text("receipts/1.jws"), archive.Json("receipt-keys.json"),
            "consent-receipt+jwt"))!["dpv:hasRecordOfActivity"]!["scoring:version"]!;
        foreach (var (member, name) in new[] { ("scoring:termsHash", "programme"), ("scoring:assessmentHash", "assessment") })
        {
            Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(archive.Bytes($"rulesets/{name}-1.json")))
                .ShouldBe((string)version[member]!);
        }
        archive.Json("rulesets/programme-1.json")["eventTypes"]!.AsArray().Select(type => (string)type!)
            .ShouldAllBe(type => (string)archive.Json($"event-types/{type}.json")["name"]! == type);
        var record = await session.Api.SendJson(HttpMethod.Get, $"/v1/programmes/{Programme}/record", null, null, cancellationToken);
        archive.Json("record.json").ToJsonString()
            .ShouldBe(JsonNode.Parse(record!.Value.GetProperty("acts").GetRawText())!.ToJsonString());
    }

    private static async Task ShouldBelongToItsParticipantOnly(
        Session session, Resident other, Resident driver, CancellationToken cancellationToken)
    {
        var otherClient = new OwnSubjectClient(session, other);
        using var otherArchive = await otherClient.Export(cancellationToken);
        otherArchive.Entries().ShouldAllBe(entry => entry.GetProperty("kind").GetString() != "event");
        otherArchive.Manifest["subject"]!.ToString().ShouldNotBe(driver.Who);
        foreach (var path in (string[])["safe-driver/7", "fair-payer/0", "unknown/0"])
        {
            var (status, _) = await session.Api.Send(
                HttpMethod.Get, $"/v1/me/subjects/{path}/export", otherClient.Token, null, "", cancellationToken);
            status.ShouldBe(HttpStatusCode.NotFound, path);
        }
    }

    private static string? Text(JsonElement entry, string member) => entry.GetProperty(member).GetString();

    private static string Canonical(JsonNode? body) => body!.ToJsonString(
        new JsonSerializerOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    private static JsonObject Trip(Resident resident, string id, DateTimeOffset at, int distanceKm)
    {
        var handle = resident.HandleFor(EventFamily.Traffic);
        return new JsonObject
        {
            ["specversion"] = "1.0", ["id"] = id, ["source"] = handle.Source, ["type"] = "traffic.trip",
            ["time"] = at.ToString("O", CultureInfo.InvariantCulture),
            ["data"] = new JsonObject
            {
                ["programme"] = Programme, ["handle"] = handle.Token, ["distanceKm"] = distanceKm, ["overLimitKm"] = 0,
                ["harshBrakings"] = 0,
            },
        };
    }

    private static async Task Send(Session session, Resident resident, IEnumerable<JsonObject> events, CancellationToken cancellationToken)
    {
        var token = session.Standalone.Sources.Single(source => source.Id == resident.HandleFor(EventFamily.Traffic).Source).Token;
        var (status, answer) = await session.Platform.SendEvents(
            token, Encoding.UTF8.GetBytes(new JsonArray([.. events]).ToJsonString()), cancellationToken);
        status.ShouldBe(HttpStatusCode.Accepted, answer);
    }

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}
