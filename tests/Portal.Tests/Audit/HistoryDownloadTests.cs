using System.Text.Json;
using Scoring.Client;
using Scoring.Hosting;
using Scoring.Testing;
using Scoring.Verify.Commands;

namespace Scoring.Audit;

/// <summary>What an auditor takes along.</summary>
public sealed class HistoryDownloadTests(SharedPortal portal) : PortalTest(portal)
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_archive_is_accepted_by_the_verifier_and_a_table_has_every_entry(bool hasScript)
    {
        var subject = await Portal.Enrol("participant-2");
        await Portal.Send(subject, "surveillance.red-light-camera");
        var code = (await subject.Calls.MakeAuditCode(new Client.AuditCodeRequest())).Code;
        using var scratch = new ScratchFolder();
        var visitor = await Visit(new VisitorSettings(HasScript: hasScript));
        await visitor.Look(await visitor.OpenCase(), "code", code);

        var archive = await Take(visitor, "form[action*='/archive'] button", scratch, "history.zip");
        (await Verify(scratch, "archive", archive)).ShouldContain("ACCEPTED");

        var table = await File.ReadAllTextAsync(await Take(visitor, "form[action*='/table'] button", scratch, "history.csv"));
        var rows = table.Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        var entries = (await subject.Calls.ReadHistory()).Entries;
        rows.Length.ShouldBe(entries.Count); // the heading, and every entry but the look itself
        rows.ShouldContain(row => row.Contains(",event,", StringComparison.Ordinal) && row.Contains(",-60,", StringComparison.Ordinal));
        (await subject.Looks()).Count.ShouldBe(1, "what is taken belongs to the same look");
    }

    [Fact]
    public async Task The_ledger_and_the_record_are_accepted_by_the_verifier()
    {
        using var scratch = new ScratchFolder();
        var visitor = await Visit();
        var name = await visitor.OpenCase("supervision");
        await visitor.Open($"/audit/ledgers?case={name}");

        var ledger = await Take(visitor, "form[action*='/ledgers/archive'] button", scratch, "ledger.zip");
        var record = await Take(visitor, "form[action*='/record'] button", scratch, "record.json");

        (await Verify(scratch, "ledger", ledger)).ShouldContain("ACCEPTED");
        (await Verify(scratch, "record", record)).ShouldContain("ACCEPTED");
    }

    [Fact]
    public async Task A_download_is_for_auditors_with_the_pages_form_and_their_own_case()
    {
        foreach (var path in new[]
        {
            AuditDownloadRoutes.HistoryArchive, AuditDownloadRoutes.HistoryTable, AuditDownloadRoutes.LedgerArchive,
            AuditDownloadRoutes.Record,
        })
        {
            var participant = VisitByHttp();
            await participant.SignIn();
            var foreign = (await participant.Open("/my")).Field("__form");
            (await participant.Send(path, Portal.Address.OriginalString, ("__form", foreign))).Status
                .ShouldBe(System.Net.HttpStatusCode.Forbidden, path);
            var auditor = VisitByHttp();
            await auditor.SignIn(AuditVisit.Auditor, "/audit");
            (await auditor.Send(path, Portal.Address.OriginalString)).Status.ShouldBe(System.Net.HttpStatusCode.BadRequest, path);
            var own = (await auditor.Open("/")).Field("__form");
            var answer = await auditor.Send($"{path}?case=AAAAAAAAAAAAAAAAAAAAAA", Portal.Address.OriginalString, ("__form", own));
            answer.Location!.OriginalString.ShouldContain("outcome=case-unknown");
        }
    }

    private async Task<string> Verify(ScratchFolder scratch, string command, string file)
    {
        var api = Portal.Session.Api;
        var keys = Path.Combine(scratch.Path, "receipt-keys.json");
        await File.WriteAllTextAsync(keys, JsonSerializer.Serialize(await api.Receipts.ReadKeys(), ScoringJson.Options));
        string[] more = command == "record" ? [] : ["--receipt-keys", keys];
        using var report = new StringWriter();
        await VerifyCommands.Run(
            [command, file, "--key", (await api.Checkpoints.ReadKeys()).Split('\n')[0], .. more], report, report);
        return report.ToString();
    }

    private static async Task<string> Take(Visitor visitor, string button, ScratchFolder scratch, string name)
    {
        var download = await visitor.Page.RunAndWaitForDownloadAsync(() => visitor.Page.Locator(button).ClickAsync());
        var file = Path.Combine(scratch.Path, name);
        await download.SaveAsAsync(file);
        return file;
    }
}
