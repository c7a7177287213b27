using System.Text;
using Scoring.Hosting;
using Scoring.Verify;
using Scoring.Verify.Archives;

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
        var check = await BrowserCheck.Open(await Visit());
        foreach (var (name, command, files) in Archives().Concat(Checkpoints()))
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

    /// <summary>Archives, each with the code that must fail.</summary>
    private static (string Code, string Command, (string, byte[])[] Files)[] Archives()
    {
        using var ledger = new SampleLedger();
        using var other = new SampleLedger();
        var note = ledger.Seal();
        var kept = ledger.Entries.ToArray();
        var good = ledger.Archive(note);
        var keys = ("keys", Bytes(ledger.Key));
        var receiptKeys = ("receipt-keys", Bytes(ledger.ReceiptKeys));
        return
        [
            ("good", "archive", [("file", good), keys, receiptKeys]),
            ("entry-changed", "archive", [Changed(entries => entries[3] = entries[3] with { Day = new(2026, 3, 1) }), keys, receiptKeys]),
            ("entry-left-out", "archive", [Changed(entries => entries.RemoveAt(5)), keys, receiptKeys]),
            ("earlier", "archive", [Changed(entries => entries.RemoveRange(7, 2)), ("earlier", good), keys, receiptKeys]),
            ("manifest-signature", "archive", [("file", good), keys, ("receipt-keys", Bytes(other.ReceiptKeys))]),
            ("checkpoint-signature", "archive", [("file", good), ("keys", Bytes(other.Key)), receiptKeys]),
            ("none", "archive", [("file", Bytes("PK, but no archive")), keys, receiptKeys]),
        ];

        (string, byte[]) Changed(Action<List<EntryRow>> change)
        {
            change(ledger.Entries);
            var archive = ledger.Archive(note);
            ledger.Entries.Clear();
            ledger.Entries.AddRange(kept);
            return ("file", archive);
        }
    }

    /// <summary>A chain of checkpoints, each time with the code that must fail.</summary>
    private static (string Code, string Command, (string, byte[])[] Files)[] Checkpoints()
    {
        using var ledger = new SampleLedger();
        var held = ("held", Bytes(ledger.Seal()));
        ledger.AddEvent("2026-03-19", "traffic.trip");
        ledger.Fill();
        var later = ("file", Bytes(ledger.Seal(at: "2026-03-20T12:00:00Z")));
        var keys = ("keys", Bytes(ledger.Key));
        return
        [
            ("good", "checkpoints", [later, held, ("consistency", Bytes(ledger.Consistency(1, 2))), keys]),
            ("chain-unproven", "checkpoints", [later, held, keys]),
            ("chain-forked", "checkpoints", [later, held, ("consistency", Bytes(ledger.Consistency(1, 1))), keys]),
            ("none", "checkpoints", [("file", Bytes("no checkpoint")), keys]),
        ];
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
