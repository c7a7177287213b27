using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Scoring.City.Commands;
using Scoring.City.People;
using Scoring.City.Platform;
using Scoring.Hosting;

namespace Scoring.Exports;

/// <summary>A participant takes everything along, over HTTP, from a real PostgreSQL.</summary>
public sealed class ExportTests
{
    private const string Programme = ProgrammeNames.SafeDriver;
    private static readonly DateTimeOffset Start = new(2026, 3, 2, 17, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task An_archive_holds_everything_and_proves_itself()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(120));
        var cancellationToken = patience.Token;
        using var scratch = new ScratchFolder();
        await using var platform = await StandaloneProcess.Start(scratch.Path, developmentClock: true);
        using var session = platform.Session();
        var programme = await session.Participation.Programme(Programme, cancellationToken);
        var time = session.Clock();
        await time.Set(Start, programme, cancellationToken);
        programme = await session.Participation.Programme(Programme, cancellationToken);
        var people = await session.TownHall.Enrol(
            programme, [session.TownHall.Meet(Programme, "driver"), session.TownHall.Meet(Programme, "other")], _ => { },
            cancellationToken);
        var (driver, other) = (people[0], people[1]);
        var service = session.Standalone.Services.Single(one => one.Programme == Programme);
        for (var day = 0; day < 4; day++)
        {
            await time.Set(Start.AddDays(day), programme, cancellationToken);
            await Send(
                session, driver, Enumerable.Range(0, 5).Select(n => Trip(driver, $"{day}-{n}", time.Now, 10 + n)), cancellationToken);
            await session.Participation.Query(service.Token, driver.Grant!, cancellationToken);
        }
        var me = new Me(session, driver);
        await me.Send(HttpMethod.Put, "/restriction", cancellationToken);
        await me.Send(HttpMethod.Delete, "/restriction", cancellationToken);
        var before = await me.Json("/history?count=500", cancellationToken);

        using var archive = await me.Export(cancellationToken);

        ShouldBeNoLook(before, await me.Json("/history?count=500", cancellationToken));
        ShouldBeOf(archive, driver);
        await ShouldHoldEveryEntry(archive, me, cancellationToken);
        await ShouldExplain(archive, me, cancellationToken);
        await ShouldTellWhoLooked(archive, me, cancellationToken);
        await ShouldHoldWhatIsPublished(archive, session, cancellationToken);
        ExportedArchive.Verified(archive.Text("receipts/1.jws"), archive.Json("receipt-keys.json"), "consent-receipt+jwt");
        archive.Text("receipts/1.jws").ShouldBe((string)(await me.Json("/receipt", cancellationToken))["receipt"]!);
        archive.Json("subject.json").ToJsonString().ShouldBe((await me.Json("", cancellationToken)).ToJsonString());
        archive.Json("handles.json").ToJsonString().ShouldBe((await me.Json("/handles", cancellationToken)).ToJsonString());
        archive.Json("grants.json").ToJsonString().ShouldBe((await me.Json("/grants", cancellationToken)).ToJsonString());
        archive.Json("contests.json").AsArray().ShouldBeEmpty();

        await Send(session, driver, [Trip(driver, "later", time.Now, 30)], cancellationToken);
        using (var later = await me.Export(cancellationToken)) later.LastTurn.ShouldBe(archive.LastTurn + 1);
        await ShouldBeNobodyElses(session, other, driver, cancellationToken);
        await me.Send(HttpMethod.Delete, "", cancellationToken);
        (await me.Send(HttpMethod.Get, "/export", cancellationToken)).Status.ShouldBe(HttpStatusCode.NotFound);
        platform.Printed.ShouldNotContain(driver.Participant);
    }

    [Fact]
    public async Task Two_hundred_thousand_entries_are_exported_and_leaving_meanwhile_leaves_no_archive_that_looks_whole()
    {
        const int Events = 200_000;
        // The whole platform runs within this. The two files of entries alone are larger, so an archive held in memory would end it.
        const long HeapBytesMax = 128L << 20;
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(300));
        var cancellationToken = patience.Token;
        using var scratch = new ScratchFolder();
        await using var platform = await StandaloneProcess.StartWithin(HeapBytesMax, scratch.Path);
        using var session = platform.Session();
        var programme = await session.Participation.Programme(Programme, cancellationToken);
        var driver =
            (await session.TownHall.Enrol(programme, [session.TownHall.Meet(Programme, "driver")], _ => { }, cancellationToken))[0];
        foreach (var batch in Enumerable.Range(0, Events).Chunk(1000))
        {
            var now = TimeProvider.System.GetUtcNow();
            await Send(session, driver, batch.Select(n => Trip(driver, Invariant($"{n}"), now, 1 + n % 40)), cancellationToken);
        }
        var me = new Me(session, driver);

        using (var archive = await me.Export(cancellationToken, Path.Combine(scratch.Path, "export.zip")))
        {
            var turns = archive.Entries().Select(entry => entry.GetProperty("turn").GetInt64()).ToArray();
            turns.ShouldBe(Enumerable.Range(1, (int)archive.LastTurn).Select(turn => (long)turn));
            turns.Length.ShouldBeGreaterThan(Events);
            (archive.Bytes("entries.json").LongLength + archive.Bytes("entries.csv").LongLength).ShouldBeGreaterThan(HeapBytesMax);
            archive.Csv("entries.csv").Count.ShouldBe(turns.Length + 1);
            var told = archive.Json("explanation.json");
            archive.Recomputed().ShouldBe(((long)told["score"]!, (string)told["tier"]!));
        }

        // The answer is not read on until the subject is gone: the platform cannot have sent it all by then.
        using var client = new HttpClient { BaseAddress = session.Standalone.Address };
        using var begun = await client.SendAsync(
            me.Request(HttpMethod.Get, "/export"), HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        begun.StatusCode.ShouldBe(HttpStatusCode.OK);
        await using var body = await begun.Content.ReadAsStreamAsync(cancellationToken);
        (await body.ReadAsync(new byte[1024], cancellationToken)).ShouldBeGreaterThan(0);
        (await me.Send(HttpMethod.Get, "/export", cancellationToken)).Status.ShouldBe(HttpStatusCode.TooManyRequests);
        (await me.Send(HttpMethod.Delete, "", cancellationToken)).Status.ShouldBe(HttpStatusCode.OK);
        var rest = new MemoryStream();
        var cut = await Should.ThrowAsync<Exception>(body.CopyToAsync(rest, cancellationToken));
        (cut is IOException or HttpRequestException).ShouldBeTrue(cut.GetType().Name);
        rest.GetBuffer().AsSpan(0, (int)rest.Length).IndexOf("manifest.jws"u8).ShouldBe(-1);
    }

    private static void ShouldBeOf(ExportedArchive archive, Resident driver)
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

    private static async Task ShouldHoldEveryEntry(ExportedArchive archive, Me me, CancellationToken cancellationToken)
    {
        var history = (await me.Json("/history?count=500", cancellationToken))["entries"]!.AsArray().Reverse().ToArray();
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

    private static async Task ShouldExplain(ExportedArchive archive, Me me, CancellationToken cancellationToken)
    {
        var told = archive.Json("explanation.json");
        var full = await me.Json("/score", cancellationToken);
        archive.Recomputed().ShouldBe(((long)told["score"]!, (string)told["tier"]!));
        ((long)told["score"]!).ShouldBeGreaterThan((long)told["floor"]!);
        foreach (var day in full["rules"]!.AsArray().SelectMany(rule => rule!["days"]!.AsArray())) day!["entries"] = new JsonArray();
        told.ToJsonString().ShouldBe(full.ToJsonString());
        ((long)told["turn"]!).ShouldBe(archive.LastTurn);
    }

    private static async Task ShouldTellWhoLooked(ExportedArchive archive, Me me, CancellationToken cancellationToken)
    {
        var looks = archive.Json("looks.json").AsArray();
        looks.Count.ShouldBe(4);
        looks.Reverse().Select(look => look!.ToJsonString())
            .ShouldBe((await me.Json("/looks?count=100", cancellationToken))["looks"]!.AsArray().Select(look => look!.ToJsonString()));
        looks.Select(look => (long)look!["answer"]!["score"]!).Distinct().Count().ShouldBeGreaterThan(1);
        var rows = archive.Csv("looks.csv");
        rows.Skip(1).Select(row => (row[0], row[4], row[9])).ShouldBe(looks.Select(look =>
            (look!["turn"]!.ToString(), (string)look["service"]!, look["answer"]!["score"]!.ToString())));
    }

    private static async Task ShouldHoldWhatIsPublished(ExportedArchive archive, Session session, CancellationToken cancellationToken)
    {
        var sets = await session.Api.Ask(HttpMethod.Get, $"/v1/programmes/{Programme}/rulesets", null, null, cancellationToken);
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
        var record = await session.Api.Ask(HttpMethod.Get, $"/v1/programmes/{Programme}/record", null, null, cancellationToken);
        archive.Json("record.json").ToJsonString()
            .ShouldBe(JsonNode.Parse(record!.Value.GetProperty("acts").GetRawText())!.ToJsonString());
    }

    private static async Task ShouldBeNobodyElses(Session session, Resident other, Resident driver, CancellationToken cancellationToken)
    {
        var strange = new Me(session, other);
        using var theirs = await strange.Export(cancellationToken);
        theirs.Entries().ShouldAllBe(entry => entry.GetProperty("kind").GetString() != "event");
        theirs.Manifest["subject"]!.ToString().ShouldNotBe(driver.Who);
        foreach (var path in (string[])["safe-driver/7", "fair-payer/0", "unknown/0"])
        {
            var (status, _) = await session.Api.Send(
                HttpMethod.Get, $"/v1/me/subjects/{path}/export", strange.Token, null, "", cancellationToken);
            status.ShouldBe(HttpStatusCode.NotFound, path);
        }
    }

    private static void ShouldBeNoLook(JsonNode before, JsonNode after) => after.ToJsonString().ShouldBe(before.ToJsonString());

    private static string? Text(JsonElement entry, string member) => entry.GetProperty(member).GetString();

    private static string Canonical(JsonNode? body) => body!.ToJsonString(
        new JsonSerializerOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    private static JsonObject Trip(Resident who, string id, DateTimeOffset at, int distanceKm)
    {
        var handle = who.HandleFor(EventFamily.Traffic);
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

    private static async Task Send(Session session, Resident who, IEnumerable<JsonObject> events, CancellationToken cancellationToken)
    {
        var token = session.Standalone.Sources.Single(source => source.Id == who.HandleFor(EventFamily.Traffic).Source).Token;
        var (status, answer) = await session.Participation.Post(
            token, Encoding.UTF8.GetBytes(new JsonArray([.. events]).ToJsonString()), cancellationToken);
        status.ShouldBe(HttpStatusCode.Accepted, answer);
    }

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);

    /// <summary>One participant's own subject over HTTP.</summary>
    private sealed class Me(Session session, Resident who)
    {
        public string Token { get; } = session.Credentials.ParticipantToken(who.Participant);

        private string Own => $"/v1/me/subjects/{who.Programme}/{who.Ordinal}";

        public Task<(HttpStatusCode Status, string Answer)> Send(HttpMethod method, string path, CancellationToken cancellationToken) =>
            method == HttpMethod.Get && path == "/export"
                ? Once(path, cancellationToken)
                : session.Api.Send(method, Own + path, Token, null, "application/json", cancellationToken);

        public async Task<JsonNode> Json(string path, CancellationToken cancellationToken)
        {
            var (status, answer) = await Send(HttpMethod.Get, path, cancellationToken);
            status.ShouldBe(HttpStatusCode.OK, answer);
            return JsonNode.Parse(answer)!;
        }

        public HttpRequestMessage Request(HttpMethod method, string path)
        {
            var request = new HttpRequestMessage(method, Own + path);
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", Token);
            return request;
        }

        public async Task<ExportedArchive> Export(CancellationToken cancellationToken, string? file = null)
        {
            var keys = await session.Api.Ask(HttpMethod.Get, "/v1/receipts/keys", null, null, cancellationToken);
            using var client = new HttpClient { BaseAddress = session.Standalone.Address, Timeout = TimeSpan.FromMinutes(5) };
            using var answer = await client.SendAsync(
                Request(HttpMethod.Get, "/export"), HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            answer.StatusCode.ShouldBe(HttpStatusCode.OK);
            answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/zip");
            Stream kept = file is null ? new MemoryStream() : new FileStream(file, FileMode.CreateNew);
            await answer.Content.CopyToAsync(kept, cancellationToken);
            kept.Position = 0;
            return ExportedArchive.Open(kept, JsonNode.Parse(keys!.Value.GetRawText())!);
        }

        private async Task<(HttpStatusCode Status, string Answer)> Once(string path, CancellationToken cancellationToken)
        {
            using var client = new HttpClient { BaseAddress = session.Standalone.Address };
            using var answer = await client.SendAsync(
                Request(HttpMethod.Get, path), HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            return (answer.StatusCode, answer.IsSuccessStatusCode ? "" : await answer.Content.ReadAsStringAsync(cancellationToken));
        }
    }
}
