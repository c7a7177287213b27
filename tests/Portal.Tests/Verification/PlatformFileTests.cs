using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Scoring.Client;
using Scoring.Hosting;

namespace Scoring.Verification;

/// <summary>What the running platform hands out is checked in a browser without a network, as by the command line.</summary>
public sealed class PlatformFileTests(SharedPortal portal) : PortalTest(portal)
{
    [Fact]
    public async Task What_the_platform_hands_out_holds_and_nothing_leaves_the_browser()
    {
        var subject = await Portal.Enrol("participant-2");
        await Portal.Send(subject, "traffic.trip", ("distanceKm", 60), ("overLimitKm", 0), ("harshBrakings", 0));
        var (history, ledger, record) = await Audit(subject);
        var export = await Download(to => subject.Calls.Export(to));
        var checkpoint = Encoding.UTF8.GetBytes(await Portal.Session.Api.Checkpoints.FindLatest());
        var keys = Encoding.UTF8.GetBytes(await Portal.Session.Api.Checkpoints.ReadKeys());
        var receiptKeys = JsonSerializer.SerializeToUtf8Bytes(await Portal.Session.Api.Receipts.ReadKeys(), ScoringJson.Options);

        var visitor = await Visit();
        var check = await BrowserCheck.Open(visitor);
        foreach (var (command, file, needsReceipts, code) in ((string, byte[], bool, string)[])[
            ("archive", export, true, "score"), ("archive", history, true, "contribution"), ("ledger", ledger, true, "log-root"),
            ("record", record, false, "acts"), ("checkpoints", checkpoint, false, "checkpoint-signature")])
        {
            // The page's own keys are those that the platform publishes.
            var seen = await check.Run(("file", file));
            seen.Verdict.ShouldBe("Accepted", $"{command}: {string.Join('\n', seen.Findings)}");
            seen.Findings.ShouldContain(finding => finding.Code == code && finding.Result == "holds");
            (string, byte[])[] given = needsReceipts ? [("keys", keys), ("receipt-keys", receiptKeys)] : [("keys", keys)];
            seen.Findings.ShouldBe((await CommandCheck.Run(command, [("file", file), .. given])).Findings);
            if (command == "archive") await visitor.Picture("verify-" + code);
        }
        check.Loaded.ShouldContain(request => request.Url.EndsWith("/dotnet.native.wasm", StringComparison.Ordinal));
        check.Loaded.ShouldAllBe(request => request.Method == "GET" && request.PostDataBuffer == null);
        check.Later.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_flipped_byte_is_refused_and_the_page_says_where()
    {
        var sample = await Portal.Sample;
        var export = await Download(to => sample.Subject.Calls.Export(to));
        var flipped = (byte[])export.Clone();
        flipped[DataOf(export, "entries.json") + 20] ^= 1;
        var check = await BrowserCheck.Open(await Visit());
        var seen = await check.Run(("file", flipped));
        seen.Verdict.ShouldBe("Refused");
        seen.Findings.ShouldContain(("NO", "entries.json is not what the platform signed.", "file-changed"));
        (await check.Run(("file", export))).Verdict.ShouldBe("Accepted");
    }

    private async Task<(byte[] History, byte[] Ledger, byte[] Record)> Audit(EnrolledSubject subject)
    {
        var calls = Portal.Session.Api.As(Portal.TokenOf("auditor")).Audit;
        var until = DateOnly.FromDateTime(Portal.Now.UtcDateTime.AddDays(7));
        var opened = (await calls.OpenCase(new AuditCaseRequest(subject.Resident.Programme, AuditPurpose.Supervision, until))).Case;
        var code = (await subject.Calls.MakeAuditCode(new AuditCodeRequest())).Code;
        var request = new HistoryRequest(opened, new NamedSubject(AuditCode: code));
        return (
            await Download(to => calls.DownloadHistory(request, to)),
            await Download(to => calls.DownloadLedger(new LedgerArchiveRequest(opened), to)),
            JsonSerializer.SerializeToUtf8Bytes(await calls.ProveRecord(new RecordProofRequest(opened)), ScoringJson.Options));
    }

    private static async Task<byte[]> Download(Func<Stream, Task> call)
    {
        using var bytes = new MemoryStream();
        await call(bytes);
        return bytes.ToArray();
    }

    /// <summary>Where the compressed bytes of a file of a zip archive begin.</summary>
    private static int DataOf(byte[] zip, string name)
    {
        using (var archive = new ZipArchive(new MemoryStream(zip))) archive.GetEntry(name).ShouldNotBeNull();
        return zip.AsSpan().IndexOf(Encoding.ASCII.GetBytes(name)) + name.Length;
    }
}
