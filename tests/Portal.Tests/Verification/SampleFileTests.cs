using System.Text;
using Scoring.Hosting;
using Scoring.Verify;

namespace Scoring.Verification;

/// <summary>
/// Good, forged and hostile files of a synthetic platform: the page says what the command line says, and shows it as text.
/// </summary>
public sealed class SampleFileTests(SharedPortal portal) : PortalTest(portal)
{
    private const string Attack = "\"'><img src=x onerror=harmed=1><script>harmed=1</script>";

    [Fact]
    public async Task The_page_reports_what_the_command_line_reports()
    {
        using var ledger = new SampleLedger();
        using var other = new SampleLedger();
        var note = ledger.Seal();
        var good = ledger.Archive(note);
        (string, byte[])[] own = [("keys", Bytes(ledger.Key)), ("receipt-keys", Bytes(ledger.ReceiptKeys))];
        var kept = ledger.Entries.ToArray();
        byte[] Changed(Action change)
        {
            change();
            var archive = ledger.Archive(note);
            ledger.Entries.Clear();
            ledger.Entries.AddRange(kept);
            return archive;
        }

        var flipped = Changed(() => ledger.Entries[3] = ledger.Entries[3] with { Body = Bytes("""{"type":"traffic.trap"}""") });
        var leftOut = Changed(() => ledger.Entries.RemoveAt(5));
        var cut = Changed(() => ledger.Entries.RemoveRange(7, 2));
        ledger.Fill();
        var later = ledger.Seal(at: "2026-03-20T12:00:00Z");
        (string Name, string Command, (string, byte[])[] Files)[] cases =
        [
            ("good", "archive", [("file", good), .. own]),
            ("entry-changed", "archive", [("file", flipped), .. own]),
            ("entry-left-out", "archive", [("file", leftOut), .. own]),
            ("earlier", "archive", [("file", cut), ("earlier", good), .. own]),
            ("manifest-signature", "archive", [("file", good), own[0], ("receipt-keys", Bytes(other.ReceiptKeys))]),
            ("checkpoint-signature", "archive", [("file", good), ("keys", Bytes(other.Key)), own[1]]),
            ("good", "checkpoints",
                [("file", Bytes(later)), ("held", Bytes(note)), ("consistency", Bytes(ledger.Consistency(1, 2))), own[0]]),
            ("chain-unproven", "checkpoints", [("file", Bytes(later)), ("held", Bytes(note)), own[0]]),
            ("chain-forked", "checkpoints",
                [("file", Bytes(later)), ("held", Bytes(note)), ("consistency", Bytes(ledger.Consistency(1, 1))), own[0]]),
            ("none", "archive", [("file", Bytes("PK, but no archive")), .. own]),
            ("none", "checkpoints", [("file", Bytes("no checkpoint")), own[0]]),
        ];
        var check = await BrowserCheck.Open(await Visit());
        foreach (var (name, command, files) in cases)
        {
            var seen = await check.Run(files);
            var expected = await CommandCheck.Run(command, files);
            seen.Verdict.ShouldBe(expected.Verdict, name);
            seen.Findings.ShouldBe(expected.Findings, name);
            seen.Verdict.ShouldBe(name switch { "good" => "Accepted", "none" => "No verdict", _ => "Refused" }, name);
            if (seen.Verdict == "Refused") seen.Failed.Split(' ').ShouldContain(name);
        }
        check.Later.ShouldBeEmpty();
    }

    [Fact]
    public async Task What_a_hostile_archive_says_is_shown_as_text()
    {
        using var ledger = new SampleLedger();
        var hostile = ledger.Archive(ledger.Seal(), afterSigning: files => files[Attack] = "x");
        var visitor = await Visit(new VisitorSettings(Width: VisitorSettings.Phone));
        var check = await BrowserCheck.Open(visitor);
        var seen = await check.Run(
            ("file", hostile), ("keys", Bytes(ledger.Key)), ("receipt-keys", Bytes(ledger.ReceiptKeys)));
        seen.Findings.ShouldContain(("NO", Attack + " is in the archive and not in its signed list.", "file-unlisted"));
        (await visitor.Page.EvaluateAsync<bool>(
            "() => 'harmed' in window || document.querySelector('[data-verify-report] :is(img, script)') !== null")).ShouldBeFalse();
        (await visitor.Page.EvaluateAsync<int>("() => document.documentElement.scrollWidth")).ShouldBe(VisitorSettings.Phone);
        await visitor.Picture("verify-hostile");
    }

    [Fact]
    public async Task The_report_is_in_the_visitors_language()
    {
        using var ledger = new SampleLedger();
        var archive = ledger.Archive(ledger.Seal());
        var visitor = await Visit(new VisitorSettings("zh-CN"));
        var check = await BrowserCheck.Open(visitor);
        var seen = await check.Run(("file", archive), ("keys", Bytes(ledger.Key)), ("receipt-keys", Bytes(ledger.ReceiptKeys)));
        seen.Verdict.ShouldBe("通过");
        seen.Findings.ShouldContain(("成立", "全部 9 条记录的散列与它们声称的相符。", "entries"));
    }

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);
}
