using System.IO.Compression;
using System.Net.Http.Headers;
using System.Text;
using Scoring.Hosting;

namespace Scoring.Audit;

public sealed class AuditTests
{
    private static readonly string Subject = $$"""{"auditCode":"{{FakeAudit.Name}}"}""";

    [Fact]
    public async Task A_case_belongs_to_its_auditor_and_has_a_purpose_of_a_closed_list()
    {
        await using var gateway = await TestGateway.Start();
        var answer = await Post(gateway, "cases", """{"programme":"safe-driver","purpose":"complaint","expiresOn":"2026-12-23"}""");
        answer.Status.ShouldBe(201, answer.Text);
        answer.Json.GetProperty("case").GetString().ShouldBe(FakeAudit.Name);
        gateway.City.Audit.Calls.ShouldBe(["pairwise-1 safe-driver Complaint 2026-12-23"]);
        (await Post(gateway, "cases", """{"programme":"safe-driver","purpose":"curiosity","expiresOn":"2026-12-23"}""")).Problem.ShouldBe(
            "malformed-json");
    }

    [Fact]
    public async Task A_history_is_read_as_pages_as_a_table_and_as_an_archive()
    {
        await using var gateway = await TestGateway.Start();
        var page = await Post(gateway, "histories", HistoryRequest());
        page.Status.ShouldBe(200, page.Text);
        var entry = page.Json.GetProperty("entries")[0];
        (entry.GetProperty("kind").GetString(), entry.GetProperty("body").GetString()).ShouldBe(("event", "{\"type\":\"x\"}"));
        entry.GetProperty("contribution").GetProperty("rules")[1].GetProperty("points").GetInt64().ShouldBe(-8);
        page.Json.GetProperty("days")[0].GetProperty("score").GetInt64().ShouldBe(520);
        page.Json.GetProperty("after").GetInt64().ShouldBe(1);
        (await Post(gateway, "histories", HistoryRequest(",\"after\":1"))).Json.GetProperty("explanation").ValueKind
            .ShouldBe(System.Text.Json.JsonValueKind.Null);

        var table = await Post(gateway, "histories", HistoryRequest(), "text/csv");
        table.Text.ShouldBe(
            "turn,kind,day,type,standing,rules,contestedBy,correctedBy,body\r\n"
            + "1,event,2026-11-23,x,counts,calm 4; fast -8,,9,\"{\"\"type\"\":\"\"x\"\"}\"\r\n");
        gateway.City.Audit.Calls.ShouldAllBe(call => call.StartsWith($"look pairwise-1 {FakeAudit.Name} "));
    }

    [Fact]
    public async Task An_archive_ends_with_the_seal()
    {
        await using var gateway = await TestGateway.Start();
        using var zip = new ZipArchive(new MemoryStream(await Zip(gateway)));
        zip.Entries.Select(file => file.FullName).ShouldBe(
        [
            "README.txt", "case.json", "explanation.json", "days.json", "days.csv", "entries.json", "entries.csv", "contributions.json",
            "contributions.csv", "contests.json", "rulesets/ruleset-1.json", "rulesets/ruleset-2.json", "event-types/x.json", "record.json",
            "receipt-keys.json", "checkpoint-keys.txt", "checkpoint.txt", "proofs.json", "manifest.json", "manifest.jws",
        ]);
        Text(zip, "contributions.json").ShouldStartWith(
            "[\n"
            + """{"turn":1,"day":"2026-11-23","type":"x","standing":"counts","rules":[{"rule":"calm","points":4},"""
            + """{"rule":"fast","points":-8}],"contestedBy":null,"correctedBy":9},""");
        Text(zip, "days.csv").ShouldBe("day,score,tier\r\n2026-11-23,520,silver\r\n");
    }

    [Theory]
    [InlineData("Value")]
    [InlineData("Entries")]
    [InlineData("Page")]
    [InlineData("Contests")]
    [InlineData("Proofs")]
    [InlineData("Seal")]
    public async Task A_withdrawal_meanwhile_leaves_no_archive_that_looks_complete(string step)
    {
        await using var gateway = await TestGateway.Start();
        gateway.City.Audit.GoneAt = step;
        await Should.ThrowAsync<Exception>(() => Zip(gateway));
        if (step is "Value" or "Page") (await Post(gateway, "histories", HistoryRequest())).Problem.ShouldBe("not-found");
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"auditCode":"short"}""")]
    [InlineData("""{"auditCode":"NNNNNNNNNNNNNNNNNNNNNN","reference":"NNNNNNNNNNNNNNNNNNNNNN"}""")]
    [InlineData("""{"draw":"NNNNNNNNNNNNNNNNNNNNNN"}""")]
    [InlineData("""{"draw":"NNNNNNNNNNNNNNNNNNNNNN","pick":0}""")]
    [InlineData("""{"contest":"NNNNNNNNNNNNNNNNNNNNNN","pick":1}""")]
    public async Task A_subject_has_exactly_one_name(string subject)
    {
        await using var gateway = await TestGateway.Start();
        foreach (var path in (string[])["histories", "recomputations"])
            (await Post(gateway, path, $$"""{"case":"{{FakeAudit.Name}}","subject":{{subject}}}""")).Status.ShouldBe(400);
        gateway.City.Audit.Calls.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(",\"asOf\":{\"turn\":1,\"day\":\"2026-11-23\"}")]
    [InlineData(",\"asOf\":{\"turn\":0}")]
    [InlineData(",\"asOf\":{\"checkpoint\":0}")]
    [InlineData(",\"count\":0")]
    [InlineData(",\"count\":501")]
    [InlineData(",\"after\":-1")]
    [InlineData(",\"more\":1")]
    public async Task A_request_out_of_range_is_refused(string more)
    {
        await using var gateway = await TestGateway.Start();
        (await Post(gateway, "histories", HistoryRequest(more))).Status.ShouldBe(400);
        gateway.City.Audit.Calls.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(AuditRefusal.CaseUnknown, 404, "case-unknown")]
    [InlineData(AuditRefusal.SubjectUnknown, 404, "not-found")]
    [InlineData(AuditRefusal.AsOfUnknown, 404, "not-found")]
    [InlineData(AuditRefusal.TooMany, 409, "too-many-audits")]
    [InlineData(AuditRefusal.ExpiryOutOfRange, 422, "expiry-out-of-range")]
    [InlineData(AuditRefusal.ProgrammeUnknown, 422, "programme-unknown")]
    public async Task Refusals_say_why(AuditRefusal refusal, int status, string problem)
    {
        await using var gateway = await TestGateway.Start();
        gateway.City.Audit.Refusal = refusal;
        foreach (var (path, body) in ((string, string)[])[
            ("cases", """{"programme":"safe-driver","purpose":"complaint","expiresOn":"2026-12-23"}"""), ("histories", HistoryRequest()),
            ("recomputations", HistoryRequest()), ("draws", $$"""{"case":"{{FakeAudit.Name}}","count":1}"""),
            ("proofs", $$"""{"case":"{{FakeAudit.Name}}"}""")])
        {
            var answer = await Post(gateway, path, body);
            (answer.Status, answer.Problem).ShouldBe((status, problem), path);
        }
    }

    [Fact]
    public async Task A_draw_is_requested_and_read()
    {
        await using var gateway = await TestGateway.Start();
        var asked = await Post(gateway, "draws", $$"""{"case":"{{FakeAudit.Name}}","count":3}""");
        (asked.Status, asked.Json.GetProperty("askedAfter").GetInt64()).ShouldBe((201, 2));
        var found = await gateway.Get($"/v1/audit/draws/{FakeAudit.Name}", "auditor");
        found.Json.GetProperty("picks")[0].GetProperty("position").GetInt64().ShouldBe(17);
        (await Post(gateway, "draws", $$"""{"case":"{{FakeAudit.Name}}","count":0}""")).Problem.ShouldBe("malformed-request");
    }

    [Fact]
    public async Task The_record_comes_with_its_proof_in_hexadecimal_digits()
    {
        await using var gateway = await TestGateway.Start();
        var proven = await Post(gateway, "proofs", $$"""{"case":"{{FakeAudit.Name}}"}""");
        proven.Json.GetProperty("acts").GetRawText()
            .ShouldBe(
                """[{"number":1,"position":4,"day":"2026-11-23","body":"{\u0022act\u0022:\u0022x\u0022}","leaf":"0102","path":["0304"]}]"""
                    .Replace("\\u0022", "\\\""));
        foreach (var more in (string[])[",\"checkpoint\":0", ",\"after\":-1", ",\"count\":501"])
            (await Post(gateway, "proofs", $$"""{"case":"{{FakeAudit.Name}}"{{more}}}""")).Problem.ShouldBe("malformed-request");
    }

    [Fact]
    public async Task The_ledgers_leaves_come_row_by_row_with_what_is_public_of_them()
    {
        await using var gateway = await TestGateway.Start();
        using var zip = new ZipArchive(new MemoryStream(await Zip(gateway, "ledgers", $$"""{"case":"{{FakeAudit.Name}}"}""")));
        zip.Entries.Select(file => file.FullName).ShouldBe(
            ["checkpoint.txt", "checkpoint-keys.txt", "receipt-keys.json", "partition-0.json", "later.json", "manifest.json",
                "manifest.jws"]);
        Text(zip, "partition-0.json").ShouldBe(
            """
            [
            {"position":1,"leaf":"0102","state":"held"},
            {"position":2,"leaf":"0304","state":"public","kindNumber":20,"day":"2026-11-23","body":{"entries":0}}
            ]

            """);
        Text(zip, "later.json").ShouldContain(
            """{"partition":0,"position":300,"kindNumber":14,"day":"2026-11-23","body":{"entries":1}}""");
        gateway.City.Audit.Refusal = AuditRefusal.CaseUnknown;
        (await Post(gateway, "ledgers", $$"""{"case":"{{FakeAudit.Name}}"}""")).Problem.ShouldBe("case-unknown");
    }

    [Fact]
    public async Task A_participant_makes_an_audit_code()
    {
        await using var gateway = await TestGateway.Start();
        var made = await gateway.Send(HttpMethod.Post, "/v1/me/subjects/safe-driver/0/audit-codes", "participant", "{}");
        (made.Status, made.Json.GetProperty("code").GetString()).ShouldBe((201, FakeAudit.Name));
    }

    private static string HistoryRequest(string more = "") => $$"""{"case":"{{FakeAudit.Name}}","subject":{{Subject}}{{more}}}""";

    private static Task<Answer> Post(TestGateway gateway, string path, string body, string? accept = null) => gateway.Send(
        HttpMethod.Post, $"/v1/audit/{path}", "auditor", body,
        change: request =>
        {
            if (accept is not null) request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue(accept));
        });

    private static async Task<byte[]> Zip(TestGateway gateway, string path = "histories", string? body = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/v1/audit/{path}");
        request.Headers.Authorization = new("Bearer", gateway.Token("auditor"));
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/zip"));
        request.Content = new StringContent(body ?? HistoryRequest(), Encoding.UTF8, "application/json");
        using var answer = await gateway.Client.SendAsync(request);
        ((int)answer.StatusCode, answer.Content.Headers.ContentType!.MediaType).ShouldBe((200, "application/zip"), gateway.Log.Text);
        return await answer.Content.ReadAsByteArrayAsync();
    }

    private static string Text(ZipArchive zip, string name)
    {
        using var reader = new StreamReader(zip.GetEntry(name)!.Open());
        return reader.ReadToEnd();
    }
}
