using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Scoring.City.People;
using Scoring.Hosting;

namespace Scoring.Audit;

/// <summary>Tests an auditor's work over HTTP on a real PostgreSQL.</summary>
public sealed class AuditTests
{
    private const string Programme = ProgrammeNames.SafeDriver;

    [Fact]
    public async Task A_history_as_of_a_past_day_shows_what_was_answered_on_that_day()
    {
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(180));
        using var scratch = new ScratchFolder();
        await using var platform = await StandaloneProcess.Start(scratch.Path, developmentClock: true);
        using var session = platform.Session();
        await new PastDayStory(session, timeout.Token).Run();
    }

    [Fact]
    public async Task An_auditor_reaches_a_history_by_every_name_and_the_participant_sees_each_access()
    {
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(180));
        await using var city = await AuditedCity.Start(timeout.Token);
        var reference = await city.Query();
        var contest = await city.Contest();
        var code = (string)(await city.Own(HttpMethod.Post, "/audit-codes", new JsonObject()))["code"]!;
        var opened = await city.Audit("/cases", new JsonObject
            { ["programme"] = Programme, ["purpose"] = "complaint", ["expiresOn"] = city.Day(30) });
        var caseId = (string)opened["case"]!;

        foreach (var name in (JsonObject[])[
            new() { ["reference"] = reference }, new() { ["contest"] = contest }, new() { ["auditCode"] = code }])
        {
            var accesses = await city.Accesses();
            var history = await city.Audit("/histories", city.History(caseId, name));
            history["entries"]!.AsArray().Select(entry => (long)entry!["turn"]!)
                .ShouldBe(Enumerable.Range(1, (int)history["lastTurn"]!).Select(n => (long)n));
            history["days"]!.AsArray()[^1]!["score"]!.ToString().ShouldBe(history["explanation"]!["score"]!.ToString());
            (await city.Accesses()).Count.ShouldBeLessThanOrEqualTo(accesses.Count + 1);
        }
        var access = (await city.Accesses())[0]!;
        ((string?)access["kind"], (string?)access["by"], (string?)access["case"], (string?)access["purpose"]).ShouldBe(
            ("looked", "auditor", caseId, "complaint"));
        (await city.Accesses()).Count(entry => (string?)entry!["by"] == "auditor")
            .ShouldBe(1, "the same access on the same day is one entry");

        await ShouldReadThePast(city, caseId, code, reference);
        await ShouldVerifyAsAnArchive(city, caseId, code);
        await ShouldRecomputeTheAnswer(city, caseId, reference);
        await ShouldDraw(city, caseId);
        await ShouldProveTheRecord(city, caseId);
        await ShouldFindNoOtherSubject(city, caseId, code);
        await ShouldBeConserved(city, caseId);
    }

    private static async Task ShouldReadThePast(AuditedCity city, string caseId, string code, string reference)
    {
        var name = new JsonObject { ["auditCode"] = code };
        var first = await city.Audit("/histories", city.History(caseId, name, new JsonObject { ["turn"] = 4 }));
        ((long)first["lastTurn"]!, first["entries"]!.AsArray().Count).ShouldBe((4, 4));
        var page = city.History(caseId, name);
        page["count"] = 2;
        page["after"] = 3;
        var second = await city.Audit("/histories", page);
        second["entries"]!.AsArray().Select(entry => (long)entry!["turn"]!).ShouldBe([4, 5]);
        second["after"]!.ToString().ShouldBe("5");
        await city.Sealed();
        var number = AuditedCity.CheckpointNumber(await city.Text("/v1/checkpoints/latest"));
        var at = await city.Audit("/histories", city.History(caseId, name, new JsonObject { ["checkpoint"] = number }));
        ((long)at["lastTurn"]!).ShouldBeGreaterThan(4);
        var table = await city.AuditText("/histories", city.History(caseId, name), "text/csv");
        table.Split("\r\n")[0].ShouldBe("turn,kind,day,type,standing,rules,contestedBy,correctedBy,body");
        table.ShouldContain(",harm-suspended,");
        var probe = (string)(await city.Audit("/cases", new JsonObject
            { ["programme"] = Programme, ["purpose"] = "incident", ["expiresOn"] = city.Day(1) }))["case"]!;
        (await city.AuditStatus("/histories", city.History(probe, name, new JsonObject { ["turn"] = 4000 }))).ShouldBe(
            HttpStatusCode.NotFound);
        ((string?)(await city.Accesses())[0]!["case"]).ShouldBe(probe, "an answer that a history is shorter is an access too");
        (await city.AuditStatus("/histories", city.History(caseId, name, new JsonObject { ["checkpoint"] = 999_999 }))).ShouldBe(
            HttpStatusCode.NotFound);
        (await city.AuditStatus(
            "/histories",
            city.History(caseId, new JsonObject { ["reference"] = reference, ["auditCode"] = code }))).ShouldBe(HttpStatusCode.BadRequest);
    }

    private static async Task ShouldVerifyAsAnArchive(AuditedCity city, string caseId, string code)
    {
        await city.Sealed();
        var zip = await city.AuditBytes("/histories", city.History(caseId, new JsonObject { ["auditCode"] = code }), "application/zip");
        (await city.VerifyBytes(zip)).ShouldBe(0, city.VerifierOutput);
        city.VerifierOutput.ShouldContain("[day-score]");
        city.VerifierOutput.ShouldContain("[contribution]");
        city.VerifierOutput.ShouldContain("[proofs]");
    }

    private static async Task ShouldRecomputeTheAnswer(AuditedCity city, string caseId, string reference)
    {
        var recomputed = await city.Audit(
            "/recomputations", new JsonObject { ["case"] = caseId, ["subject"] = new JsonObject { ["reference"] = reference } });
        ((bool)recomputed["agree"]!).ShouldBeTrue();
        (await city.Own(HttpMethod.Get, "/history?count=1", null))["entries"]![0]!["body"]!["asOf"]!["turn"]!.ToString()
            .ShouldBe(recomputed["turn"]!.ToString(), "the access entry names the query that was recomputed");
        var answered = (await city.Accesses()).Single(access => (string?)access!["reference"] == reference)!["answer"]!;
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
        (await city.VerifyRecord(proven.ToJsonString())).ShouldBe(0, city.VerifierOutput);
        city.VerifierOutput.ShouldContain($"{acts.Count} actions are in the sealed log");
        var body = acts[0]!["body"]!.ToString();
        acts[0]!["body"] = body.Replace("\"at\":\"2", "\"at\":\"3");
        (await city.VerifyRecord(proven.ToJsonString())).ShouldBe(1);
        city.VerifierOutput.ShouldContain("[act-changed]");
        acts[0]!["body"] = body;
        acts[0]!["path"] = acts[1]!["path"]!.DeepClone();
        (await city.VerifyRecord(proven.ToJsonString())).ShouldBe(1);
        city.VerifierOutput.ShouldContain("[proof-wrong]");
    }

    /// <summary>
    /// Checks the conservation of entries: bodies that a signed withdrawal erased are declared, and a body that a superuser erased is not.
    /// </summary>
    private static async Task ShouldBeConserved(AuditedCity city, string caseId)
    {
        var early = await city.AuditBytes("/ledgers", new JsonObject { ["case"] = caseId }, "application/zip");
        (await city.VerifyBytes(early, "ledger")).ShouldBe(0, city.VerifierOutput);
        await city.Sealed();
        var whole = await city.AuditBytes("/ledgers", new JsonObject { ["case"] = caseId }, "application/zip");
        (await city.VerifyBytes(whole, "ledger")).ShouldBe(0, city.VerifierOutput);
        city.VerifierOutput.ShouldContain("[erasures]");
        await using var database = new StandaloneDatabase(city.Folder);
        await database.Administer("""
            UPDATE ledger.entry SET kind = 0, subject = NULL, turn = NULL, key = NULL, day = NULL, body = NULL
            WHERE (partition, position) = (SELECT partition, position FROM ledger.entry WHERE kind = 15 LIMIT 1)
            """);
        var erased = await city.AuditBytes("/ledgers", new JsonObject { ["case"] = caseId }, "application/zip");
        (await city.VerifyBytes(erased, "ledger")).ShouldBe(1);
        city.VerifierOutput.ShouldContain("[conservation]");
    }

    private static async Task ShouldFindNoOtherSubject(AuditedCity city, string caseId, string code)
    {
        var unknown = new string('A', 22);
        foreach (var name in (JsonObject[])[
            new() { ["reference"] = unknown }, new() { ["contest"] = unknown }, new() { ["auditCode"] = unknown },
            new() { ["draw"] = unknown, ["pick"] = 1 }])
            (await city.AuditStatus("/histories", city.History(caseId, name))).ShouldBe(HttpStatusCode.NotFound);
        var other = await city.Audit(
            "/cases", new JsonObject { ["programme"] = "fair-payer", ["purpose"] = "supervision", ["expiresOn"] = city.Day(1) });
        var named = new JsonObject { ["auditCode"] = code };
        (await city.AuditStatus("/histories", city.History((string)other["case"]!, named.DeepClone().AsObject()))).ShouldBe(
            HttpStatusCode.NotFound, "another programme's case");
        (await city.AuditStatus("/histories", city.History(unknown, named.DeepClone().AsObject()))).ShouldBe(HttpStatusCode.NotFound);
        (await city.AuditStatus(
            "/cases", new JsonObject { ["programme"] = Programme, ["purpose"] = "complaint", ["expiresOn"] = city.Day(400) })).ShouldBe(
                HttpStatusCode.UnprocessableEntity);
        await city.Own(HttpMethod.Put, "/restriction", null);
        (await city.AuditStatus("/histories", city.History(caseId, named.DeepClone().AsObject()))).ShouldBe(
            HttpStatusCode.NotFound, "paused");
        await city.Own(HttpMethod.Delete, "/restriction", null);
        (await city.AuditStatus("/histories", city.History(caseId, named.DeepClone().AsObject()))).ShouldBe(HttpStatusCode.OK);
        await city.Own(HttpMethod.Delete, "", null);
        (await city.AuditStatus("/histories", city.History(caseId, named.DeepClone().AsObject()))).ShouldBe(
            HttpStatusCode.NotFound, "left");
        await using var database = new StandaloneDatabase(city.Folder);
        (await database.Scalar<long>(
            "SELECT (SELECT count(*) FROM ledger.audit_code) + (SELECT count(*) FROM ledger.audit_pick)")).ShouldBe(0);
    }
}
