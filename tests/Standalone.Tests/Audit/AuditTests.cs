using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Scoring.Canaries;
using Scoring.City.People;

namespace Scoring.Audit;

/// <summary>An auditor at work over HTTP on a real PostgreSQL, and what a superuser of it cannot hide from them.</summary>
public sealed class AuditTests
{
    private const string Programme = ProgrammeNames.SafeDriver;
    private const int TamperedEvents = 12;

    private const string Clear = "kind = 0, subject = NULL, turn = NULL, key = NULL, day = NULL, body = NULL";

    private const string Farther =
        """UPDATE ledger.entry SET body = convert_to(replace(convert_from(body, 'UTF8'), '"distanceKm":', '"distanceKm":9'), 'UTF8') WHERE """
        + "subject = $S AND turn = $T;";

    /// <summary>What is done, how ($S the subject, $T a turn in the middle), and what the verifier says.</summary>
    private static readonly (string What, string Change, string Code)[] Tamperings =
    [
        ("a flipped byte",
            "UPDATE ledger.entry SET body = set_byte(body, 11, get_byte(body, 11) # 1) WHERE subject = $S AND turn = $T", "entry-changed"),
        ("a flipped byte that leaves no JSON",
            "UPDATE ledger.entry SET body = set_byte(body, 0, get_byte(body, 0) # 1) WHERE subject = $S AND turn = $T", "unreadable"),
        ("a changed entry, hashed anew", Farther + Rehash, "proof-wrong"),
        ("an entry dated back, hashed anew",
            "UPDATE ledger.entry SET day = day - 3 WHERE subject = $S AND turn = $T;" + Rehash, "proof-wrong"),
        ("two entries swapped, hashed anew",
            """
            UPDATE ledger.entry a SET body = b.body FROM ledger.entry b
            WHERE a.subject = $S AND b.subject = $S AND (a.turn, b.turn) IN (($T, $T + 1), ($T + 1, $T));
            """ + Rehash, "proof-wrong"),
        ("an entry left out", $"UPDATE ledger.entry SET {Clear} WHERE subject = $S AND turn = $T", "entry-left-out"),
        ("an entry left out and the others renumbered, hashed anew",
            $"""
            UPDATE ledger.entry SET {Clear} WHERE subject = $S AND turn = $T;
            UPDATE ledger.entry SET turn = -turn WHERE subject = $S AND turn > $T;
            UPDATE ledger.entry SET turn = -turn - 1 WHERE subject = $S AND turn < 0;
            """ + Rehash, "proof-wrong"),
        ("an entry put in where filling was, hashed anew",
            """
            UPDATE ledger.entry f SET kind = 1, subject = $S, turn = (SELECT max(turn) + 1 FROM ledger.entry WHERE subject = $S),
                key = gen_random_uuid(), day = e.day, body = e.body
            FROM ledger.entry e WHERE e.subject = $S AND e.turn = $T AND (f.partition, f.position) = (
                SELECT partition, max(position) FROM ledger.entry WHERE kind = 15 AND partition = e.partition GROUP BY partition);
            """ + Rehash, "proof-wrong"),
    ];

    private static string Of(string change, long subject, int turn) => "SET session_replication_role = replica;" + change
        .Replace("$S", subject.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
        .Replace("$T", turn.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);

    [Fact]
    public async Task An_auditor_reaches_a_history_by_every_name_and_whoever_it_is_about_sees_each_look()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(180));
        await using var city = await AuditedCity.Start(patience.Token);
        var reference = await city.Ask();
        var contest = await city.Contest();
        var code = (string)(await city.Mine(HttpMethod.Post, "/audit-codes", new JsonObject()))["code"]!;
        var opened = await city.Audit("/cases", new JsonObject
            { ["programme"] = Programme, ["purpose"] = "complaint", ["expiresOn"] = city.Day(30) });
        var caseId = (string)opened["case"]!;

        foreach (var name in (JsonObject[])[
            new() { ["reference"] = reference }, new() { ["contest"] = contest }, new() { ["auditCode"] = code }])
        {
            var looks = await city.Looks();
            var history = await city.Audit("/histories", city.History(caseId, name));
            history["entries"]!.AsArray().Select(entry => (long)entry!["turn"]!)
                .ShouldBe(Enumerable.Range(1, (int)history["lastTurn"]!).Select(n => (long)n));
            history["days"]!.AsArray()[^1]!["score"]!.ToString().ShouldBe(history["explanation"]!["score"]!.ToString());
            (await city.Looks()).Count.ShouldBeLessThanOrEqualTo(looks.Count + 1);
        }
        var told = (await city.Looks())[0]!;
        ((string?)told["kind"], (string?)told["by"], (string?)told["case"], (string?)told["purpose"]).ShouldBe(
            ("looked", "auditor", caseId, "complaint"));
        (await city.Looks()).Count(look => (string?)look!["by"] == "auditor").ShouldBe(1, "the same look on the same day is one entry");

        await ShouldGoBack(city, caseId, code, reference);
        await ShouldBeAllInOneArchive(city, caseId, code);
        await ShouldAgree(city, caseId, reference);
        await ShouldDraw(city, caseId);
        await ShouldProveTheRecord(city, caseId);
        await ShouldLeadNowhere(city, caseId, code);
        await ShouldBeConserved(city, caseId);
    }

    [Fact]
    public async Task What_a_superuser_changes_is_refused_offline()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(240));
        await using var city = await AuditedCity.Start(patience.Token);
        for (var i = 0; i < TamperedEvents; i++) await city.Send($"more-{i}", 5 + i);
        await city.Ask();
        await city.Sealed();
        (await city.Verify()).ShouldBe(0, city.Told);
        var held = city.File(await city.Text("/v1/checkpoints/latest"));
        await using var database = new StandaloneDatabase(city.Folder);
        await database.Administer("CREATE TABLE public.as_it_was AS SELECT * FROM ledger.entry");
        var (subject, turn) = (await database.Scalar<long>(
            "SELECT subject FROM ledger.entry WHERE kind = 1 GROUP BY subject ORDER BY count(*) DESC LIMIT 1"), 8);

        foreach (var (what, change, code) in Tamperings)
        {
            await database.Administer(Of(change, subject, turn));
            (await city.Verify()).ShouldBe(1, what + city.Told);
            city.Told.ShouldContain($"[{code}]", customMessage: what + city.Told);
            await database.Administer("""
                SET session_replication_role = replica; DELETE FROM ledger.entry e USING public.as_it_was w
                WHERE e.partition = w.partition AND e.position = w.position; INSERT INTO ledger.entry SELECT * FROM public.as_it_was
                """);
            (await city.Verify()).ShouldBe(0, city.Told);
        }

        await ShouldFindATailSignedAnew(city, database, subject, turn, held);
    }

    /// <summary>A leaf that fits what the row says now, as somebody makes it who has the person's ledger key.</summary>
    private const string Rehash = """
        UPDATE ledger.entry e SET leaf = sha256('\x00'::bytea || sha256(o.ledger_key || int8send(turn))
            || substring(int2send(e.kind) FROM 2) || int4send(day - date '2000-01-01') || uuid_send(key) || body
            || int8send(e.subject) || int4send(e.partition) || int8send(position) || int8send(turn))
        FROM ledger.enrolment o WHERE o.subject = $S AND e.subject = $S
        """;

    /// <summary>
    /// Everything made anew on top of a changed entry, and signed by the platform's own sealer: only who kept a checkpoint sees it.
    /// </summary>
    private static async Task ShouldFindATailSignedAnew(AuditedCity city, StandaloneDatabase database, long subject, int turn, string held)
    {
        await database.Administer(Of(
            Farther + Rehash + "; DELETE FROM ledger.tile; DELETE FROM ledger.cosignature; DELETE FROM ledger.checkpoint", subject, turn));
        await city.Sealed();
        (await city.Verify()).ShouldBe(0, "by itself it looks well" + city.Told);
        var number = Number(await File.ReadAllTextAsync(held));
        while (Number(await city.Text("/v1/checkpoints/latest")) < number) await city.Sealed();
        var consistency = city.File(
            await city.Text($"/v1/checkpoints/consistency?from={number}&to={Number(await city.Text("/v1/checkpoints/latest"))}"));
        (await city.Verify("--held", held, "--consistency", consistency)).ShouldBe(1);
        city.Told.ShouldContain("[chain-");
    }

    private static async Task ShouldGoBack(AuditedCity city, string caseId, string code, string reference)
    {
        var name = new JsonObject { ["auditCode"] = code };
        var first = await city.Audit("/histories", city.History(caseId, name, new JsonObject { ["turn"] = 4 }));
        ((long)first["lastTurn"]!, first["entries"]!.AsArray().Count).ShouldBe((4, 4));
        var page = city.History(caseId, name);
        (page["count"], page["after"]) = (2, 3);
        var second = await city.Audit("/histories", page);
        second["entries"]!.AsArray().Select(entry => (long)entry!["turn"]!).ShouldBe([4, 5]);
        second["after"]!.ToString().ShouldBe("5");
        await city.Sealed();
        var number = Number(await city.Text("/v1/checkpoints/latest"));
        var at = await city.Audit("/histories", city.History(caseId, name, new JsonObject { ["checkpoint"] = number }));
        ((long)at["lastTurn"]!).ShouldBeGreaterThan(4);
        var table = await city.AuditText("/histories", city.History(caseId, name), "text/csv");
        table.Split("\r\n")[0].ShouldBe("turn,kind,day,type,standing,rules,contestedBy,correctedBy,body");
        table.ShouldContain(",harm-suspended,");
        var probing = (string)(await city.Audit("/cases", new JsonObject
            { ["programme"] = Programme, ["purpose"] = "incident", ["expiresOn"] = city.Day(1) }))["case"]!;
        (await city.AuditStatus("/histories", city.History(probing, name, new JsonObject { ["turn"] = 4000 }))).ShouldBe(
            HttpStatusCode.NotFound);
        ((string?)(await city.Looks())[0]!["case"]).ShouldBe(probing, "that a history is shorter is not told without a look");
        (await city.AuditStatus("/histories", city.History(caseId, name, new JsonObject { ["checkpoint"] = 999_999 }))).ShouldBe(
            HttpStatusCode.NotFound);
        (await city.AuditStatus(
            "/histories",
            city.History(caseId, new JsonObject { ["reference"] = reference, ["auditCode"] = code }))).ShouldBe(HttpStatusCode.BadRequest);
    }

    private static async Task ShouldBeAllInOneArchive(AuditedCity city, string caseId, string code)
    {
        await city.Sealed();
        var zip = await city.AuditBytes("/histories", city.History(caseId, new JsonObject { ["auditCode"] = code }), "application/zip");
        (await city.VerifyBytes(zip)).ShouldBe(0, city.Told);
        city.Told.ShouldContain("[day-score]");
        city.Told.ShouldContain("[contribution]");
        city.Told.ShouldContain("[proofs]");
    }

    private static async Task ShouldAgree(AuditedCity city, string caseId, string reference)
    {
        var recomputed = await city.Audit(
            "/recomputations", new JsonObject { ["case"] = caseId, ["subject"] = new JsonObject { ["reference"] = reference } });
        ((bool)recomputed["agree"]!).ShouldBeTrue();
        (await city.Mine(HttpMethod.Get, "/history?count=1", null))["entries"]![0]!["body"]!["asOf"]!["turn"]!.ToString()
            .ShouldBe(recomputed["turn"]!.ToString(), "the look says which question was looked at");
        var answered = (await city.Looks()).Single(look => (string?)look!["reference"] == reference)!["answer"]!;
        recomputed["recomputed"]!.ToJsonString().ShouldBe(answered.ToJsonString());
    }

    private static async Task ShouldDraw(AuditedCity city, string caseId)
    {
        for (var i = 0; i < 40; i++) await city.Send($"drawn-{i}", 7);
        var draw = (string)(await city.Audit("/draws", new JsonObject { ["case"] = caseId, ["count"] = 1 }))["draw"]!;
        await city.Sealed();
        var state = await city.AuditGet($"/draws/{draw}");
        ((long)state["fixedBy"]!).ShouldBe((long)state["askedAfter"]! + 1);
        state["picks"]!.AsArray().ShouldHaveSingleItem();
        (await city.AuditGet($"/draws/{draw}")).ToJsonString().ShouldBe(state.ToJsonString());
        var history = await city.Audit("/histories", city.History(caseId, new JsonObject { ["draw"] = draw, ["pick"] = 1 }));
        history["entries"]!.AsArray().ShouldNotBeEmpty();
        (await city.AuditStatus("/histories", city.History(caseId, new JsonObject { ["draw"] = draw, ["pick"] = 2 }))).ShouldBe(
            HttpStatusCode.NotFound);
        (await city.AuditStatus("/draws", new JsonObject { ["case"] = caseId, ["count"] = 21 })).ShouldBe(HttpStatusCode.Conflict);
    }

    private static async Task ShouldProveTheRecord(AuditedCity city, string caseId)
    {
        await city.Sealed();
        var proven = await city.Audit("/proofs", new JsonObject { ["case"] = caseId });
        var acts = proven["acts"]!.AsArray();
        acts.Count.ShouldBeGreaterThan(1);
        acts.Last()!["body"]!.ToString().ShouldContain("audit-opened");
        (await city.VerifyRecord(proven.ToJsonString())).ShouldBe(0, city.Told);
        city.Told.ShouldContain($"{acts.Count} acts are in the sealed log");
        var body = acts[0]!["body"]!.ToString();
        acts[0]!["body"] = body.Replace("\"at\":\"2", "\"at\":\"3");
        (await city.VerifyRecord(proven.ToJsonString())).ShouldBe(1);
        city.Told.ShouldContain("[act-changed]");
        (acts[0]!["body"], acts[0]!["path"]) = (body, acts[1]!["path"]!.DeepClone());
        (await city.VerifyRecord(proven.ToJsonString())).ShouldBe(1);
        city.Told.ShouldContain("[proof-wrong]");
    }

    /// <summary>
    /// Somebody has left by now: bodies are gone by a signed request, and gone without one once a superuser has been there.
    /// </summary>
    private static async Task ShouldBeConserved(AuditedCity city, string caseId)
    {
        var early = await city.AuditBytes("/ledgers", new JsonObject { ["case"] = caseId }, "application/zip");
        (await city.VerifyBytes(early, "ledger")).ShouldBe(0, city.Told);
        await city.Sealed();
        var whole = await city.AuditBytes("/ledgers", new JsonObject { ["case"] = caseId }, "application/zip");
        (await city.VerifyBytes(whole, "ledger")).ShouldBe(0, city.Told);
        city.Told.ShouldContain("[erasures]");
        await using var database = new StandaloneDatabase(city.Folder);
        await database.Administer("""
            UPDATE ledger.entry SET kind = 0, subject = NULL, turn = NULL, key = NULL, day = NULL, body = NULL
            WHERE (partition, position) = (SELECT partition, position FROM ledger.entry WHERE kind = 15 LIMIT 1)
            """);
        var erased = await city.AuditBytes("/ledgers", new JsonObject { ["case"] = caseId }, "application/zip");
        (await city.VerifyBytes(erased, "ledger")).ShouldBe(1);
        city.Told.ShouldContain("[conservation]");
    }

    private static async Task ShouldLeadNowhere(AuditedCity city, string caseId, string code)
    {
        var nobody = new string('A', 22);
        foreach (var name in (JsonObject[])[
            new() { ["reference"] = nobody }, new() { ["contest"] = nobody }, new() { ["auditCode"] = nobody },
            new() { ["draw"] = nobody, ["pick"] = 1 }])
            (await city.AuditStatus("/histories", city.History(caseId, name))).ShouldBe(HttpStatusCode.NotFound);
        var other = await city.Audit(
            "/cases", new JsonObject { ["programme"] = "fair-payer", ["purpose"] = "supervision", ["expiresOn"] = city.Day(1) });
        var named = new JsonObject { ["auditCode"] = code };
        (await city.AuditStatus("/histories", city.History((string)other["case"]!, named.DeepClone().AsObject()))).ShouldBe(
            HttpStatusCode.NotFound, "another programme's case");
        (await city.AuditStatus("/histories", city.History(nobody, named.DeepClone().AsObject()))).ShouldBe(HttpStatusCode.NotFound);
        (await city.AuditStatus(
            "/cases", new JsonObject { ["programme"] = Programme, ["purpose"] = "complaint", ["expiresOn"] = city.Day(400) })).ShouldBe(
                HttpStatusCode.UnprocessableEntity);
        await city.Mine(HttpMethod.Put, "/restriction", null);
        (await city.AuditStatus("/histories", city.History(caseId, named.DeepClone().AsObject()))).ShouldBe(
            HttpStatusCode.NotFound, "paused");
        await city.Mine(HttpMethod.Delete, "/restriction", null);
        (await city.AuditStatus("/histories", city.History(caseId, named.DeepClone().AsObject()))).ShouldBe(HttpStatusCode.OK);
        await city.Mine(HttpMethod.Delete, "", null);
        (await city.AuditStatus("/histories", city.History(caseId, named.DeepClone().AsObject()))).ShouldBe(
            HttpStatusCode.NotFound, "left");
        await using var database = new StandaloneDatabase(city.Folder);
        (await database.Scalar<long>(
            "SELECT (SELECT count(*) FROM ledger.audit_code) + (SELECT count(*) FROM ledger.audit_pick)")).ShouldBe(0);
    }

    private static long Number(string note) => long.Parse(note.Split('\n')[1], CultureInfo.InvariantCulture);
}
