using System.Text;
using System.Text.Json.Nodes;
using Scoring.Verify.Commands;

namespace Scoring.Verify.Archives;

public sealed class ArchiveCommandTests : IDisposable
{
    private readonly SampleLedger _ledger = new();
    private readonly VerifyRunner _verify = new();

    public void Dispose()
    {
        _ledger.Dispose();
        _verify.Dispose();
    }

    [Fact]
    public async Task What_the_platform_hands_out_is_accepted()
    {
        var archive = _ledger.Archive(_ledger.Seal());
        (await Verify(archive)).ShouldBe((0, ""));
        (await Verify(archive, "--reference", SampleLedger.Reference)).Code.ShouldBe(0);
        (await _verify.Run(
            "archive", _verify.File(archive), "--key", _ledger.Key, "--receipt-keys", _verify.File(_ledger.ReceiptKeys)))
            .Code.ShouldBe(0);
    }

    [Fact]
    public async Task Entries_newer_than_the_checkpoint_are_accepted()
    {
        var note = _ledger.Seal();
        _ledger.AddEvent("2026-03-19", "traffic.trip");
        _ledger.Explained = (528, "silver", 35, -7);
        (await Verify(_ledger.Archive(note))).ShouldBe((0, ""));
        (await Verify(_ledger.Archive(null))).ShouldBe((0, ""));
    }

    [Theory]
    [InlineData("entries.json", "file-changed")]
    [InlineData("explanation.json", "file-changed")]
    [InlineData("checkpoint.txt", "file-changed")]
    public async Task A_file_changed_after_signing_is_refused(string name, string code)
    {
        var archive = _ledger.Archive(_ledger.Seal(), afterSigning: files => files[name] = files[name].Replace('5', '6'));
        (await Verify(archive)).Failed.ShouldContain(code);
    }

    [Fact]
    public async Task A_file_missing_or_added_is_refused()
    {
        var note = _ledger.Seal();
        (await Verify(_ledger.Archive(note, afterSigning: files => files.Remove("record.json")))).Failed.ShouldContain("file-missing");
        (await Verify(_ledger.Archive(note, afterSigning: files => files["more.txt"] = "x"))).Failed.ShouldContain("file-unlisted");
    }

    [Fact]
    public async Task Another_platforms_signature_is_refused()
    {
        using var other = new SampleLedger();
        var archive = _verify.File(_ledger.Archive(_ledger.Seal()));
        (await _verify.Run("archive", archive, "--receipt-keys", _verify.File(other.ReceiptKeys))).Failed.ShouldBe(
            "manifest-signature");
        (await _verify.Run("archive", archive, "--key", other.Key)).Failed.ShouldBe("checkpoint-signature");
    }

    [Fact]
    public async Task A_flipped_byte_is_refused()
    {
        var note = _ledger.Seal();
        _ledger.Entries[3] = _ledger.Entries[3] with { Body = Flipped(_ledger.Entries[3].Body) };
        (await Verify(_ledger.Archive(note))).Failed.ShouldContain("entry-changed");
        // An attacker who knows the ledger key can make the leaf match the entry, but then it is not the sealed leaf.
        _ledger.Entries[3] = SampleLedger.Rehashed(_ledger.Entries[3]);
        (await Verify(_ledger.Archive(note))).Failed.ShouldContain("proof-wrong");
    }

    [Fact]
    public async Task A_damaged_file_of_the_archive_is_refused()
    {
        var archive = _ledger.Archive(_ledger.Seal());
        var data = archive.AsSpan().IndexOf("entries.json"u8) + "entries.json".Length;
        for (var i = 0; i < 40; i++)
        {
            var damaged = (byte[])archive.Clone();
            damaged[data + i] ^= 0xff;
            var (code, failed) = await Verify(damaged);
            (code == 2 || failed.Contains("file-changed", StringComparison.Ordinal)).ShouldBeTrue($"byte {i}: {code} {failed}");
        }
    }

    [Fact]
    public async Task A_report_can_be_in_another_language()
    {
        using var output = new StringWriter();
        (await VerifyCommands.Run(
            ["archive", _verify.File(_ledger.Archive(null)), "--language", "zh-Hans"], output, output)).ShouldBe(0);
        output.ToString().ShouldContain("记录的顺序正确。  [history-order]");
        (await VerifyCommands.Run(["archive", _verify.File(_ledger.Archive(null)), "--language", "xx"], output, output)).ShouldBe(2);
    }

    [Fact]
    public async Task An_entry_dated_back_is_refused()
    {
        var note = _ledger.Seal();
        _ledger.Entries[3] = SampleLedger.Rehashed(_ledger.Entries[3] with { Day = new DateOnly(2026, 3, 1) });
        (await Verify(_ledger.Archive(note))).ShouldBe((1, "proof-wrong"));
    }

    [Fact]
    public async Task Swapped_entries_are_refused()
    {
        var note = _ledger.Seal();
        (_ledger.Entries[2], _ledger.Entries[5]) = (_ledger.Entries[5], _ledger.Entries[2]);
        (await Verify(_ledger.Archive(note))).Failed.ShouldContain("history-order");
        // With their turns and positions exchanged too, and hashed again:
        var one = _ledger.Entries[5];
        var other = _ledger.Entries[2];
        _ledger.Entries[2] = SampleLedger.Rehashed(other with { Turn = 3, Position = one.Position });
        _ledger.Entries[5] = SampleLedger.Rehashed(one with { Turn = 6, Position = other.Position });
        (await Verify(_ledger.Archive(note))).ShouldBe((1, "proof-wrong"));
    }

    [Fact]
    public async Task An_entry_left_out_is_refused()
    {
        var note = _ledger.Seal();
        _ledger.Entries.RemoveAt(5);
        _ledger.Explained = (530, "silver", 30, 0);
        (await Verify(_ledger.Archive(note))).ShouldBe((1, "entry-left-out"));
    }

    [Fact]
    public async Task An_entry_left_out_with_all_later_ones_renumbered_is_refused()
    {
        var note = _ledger.Seal();
        _ledger.Entries.RemoveAt(5);
        for (var i = 5; i < _ledger.Entries.Count; i++)
            _ledger.Entries[i] = SampleLedger.Rehashed(_ledger.Entries[i] with { Turn = i + 1 });
        _ledger.Explained = (530, "silver", 30, 0);
        (await Verify(_ledger.Archive(note))).ShouldBe((1, "proof-wrong"));
    }

    [Fact]
    public async Task An_inserted_entry_is_refused()
    {
        var note = _ledger.Seal();
        var inserted = _ledger.Entries[3] with { Turn = 10, Position = 200, Key = Guid.NewGuid().ToString() };
        _ledger.Entries.Add(SampleLedger.Rehashed(inserted));
        _ledger.Explained = (528, "silver", 35, -7);
        (await Verify(_ledger.Archive(note))).ShouldBe((1, "proof-wrong"));
        _ledger.Entries[^1] = SampleLedger.Rehashed(inserted with { Key = _ledger.Entries[3].Key });
        (await Verify(_ledger.Archive(note))).Failed.ShouldContain("history-order");
    }

    [Fact]
    public async Task A_history_that_was_cut_off_is_found_with_what_the_checker_has_kept()
    {
        var note = _ledger.Seal();
        var earlier = _verify.File(_ledger.Archive(note));
        _ledger.Entries.RemoveRange(7, 2);
        _ledger.Explained = (518, "silver", 25, -7);
        var cut = _ledger.Archive(note);
        (await Verify(cut)).ShouldBe((0, ""), "nothing in it shows what came after");
        (await Verify(cut, "--earlier", earlier)).ShouldBe((1, "earlier"));
        (await Verify(cut, "--reference", SampleLedger.Reference)).ShouldBe((1, "reference"));
    }

    [Fact]
    public async Task Entries_may_be_gone_only_when_their_days_are_over()
    {
        var note = _ledger.Seal();
        var earlier = _verify.File(_ledger.Archive(note));
        _ledger.Entries.RemoveRange(1, 3);
        _ledger.Day = "2029-03-20";
        _ledger.MadeAt = "2029-03-20T12:00:00Z";
        _ledger.Explained = (500, "baseline", 0, 0);
        (await Verify(_ledger.Archive(note), "--earlier", earlier)).ShouldBe((0, ""));
        _ledger.Day = "2027-03-20";
        _ledger.MadeAt = "2027-03-20T12:00:00Z";
        (await Verify(_ledger.Archive(note), "--earlier", earlier)).Failed.ShouldBe("entry-left-out earlier");
    }

    [Fact]
    public async Task Another_rule_set_is_refused()
    {
        var note = _ledger.Seal();
        _ledger.Rules = _ledger.Rules.Replace("\"points\":5", "\"points\":6");
        _ledger.Explained = (529, "silver", 36, -7);
        (await Verify(_ledger.Archive(note))).ShouldBe((1, "rules-changed"));
        // The record is changed too, but consent still names the old rule set.
        _ledger.Recorded = SampleLedger.Digest(_ledger.Rules);
        (await Verify(_ledger.Archive(note))).ShouldBe((1, "rules-changed"));
    }

    [Fact]
    public async Task A_score_that_the_entries_do_not_give_is_refused()
    {
        var note = _ledger.Seal();
        foreach (var explained in ((long, string, long, long)[])[
            (524, "silver", 30, -7), (523, "baseline", 30, -7), (523, "silver", 31, -7)])
        {
            _ledger.Explained = explained;
            (await Verify(_ledger.Archive(note))).ShouldBe((1, "score"));
        }
    }

    [Fact]
    public async Task Contests_and_corrections_change_the_score()
    {
        var speeding = _ledger.Entries[5];
        JsonObject Of(string name, JsonNode value) => new()
        {
            ["data"] = new JsonObject(), ["source"] = "s", ["type"] = "traffic.speeding", ["day"] = "2026-03-06", ["turn"] = speeding.Turn,
            [name] = value,
        };
        _ledger.Add(5, "2026-03-11", Of("dueDay", "2026-04-10"));
        _ledger.Explained = (530, "silver", 30, 0);
        _ledger.Fill();
        (await Verify(_ledger.Archive(_ledger.Seal()))).ShouldBe((0, ""));
        _ledger.Add(6, "2026-03-12", new JsonObject { ["turn"] = speeding.Turn, ["upheld"] = false });
        _ledger.Explained = (523, "silver", 30, -7);
        (await Verify(_ledger.Archive(null))).ShouldBe((0, ""));
        _ledger.Add(4, "2026-03-13", Of("reason", "x"));
        _ledger.Explained = (530, "silver", 30, 0);
        (await Verify(_ledger.Archive(null))).ShouldBe((0, ""));
    }

    [Fact]
    public async Task A_proof_that_is_missing_is_refused()
    {
        var archive = _ledger.Archive(
            _ledger.Seal(), files => files["proofs.json"] = "[\n" + string.Join('\n', files["proofs.json"].Split('\n')[2..]));
        (await Verify(archive)).ShouldBe((1, "proof-missing"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("no zip")]
    public async Task A_file_that_is_not_an_archive_has_no_verdict(string text) =>
        (await _verify.Run("archive", _verify.File(text))).Code.ShouldBe(2);

    [Theory]
    [InlineData("entries.json")]
    [InlineData("rulesets/programme-1.json")]
    [InlineData("checkpoint.txt")]
    [InlineData("proofs.json")]
    public async Task An_archive_with_an_unreadable_part_is_not_accepted(string name)
    {
        var note = _ledger.Seal();
        foreach (var nonsense in (string[])["", "x", "[\n{}\n]\n", "[\nx\n]\n", "{}"])
            (await Verify(_ledger.Archive(note, files => files[name] = nonsense))).Code.ShouldBeGreaterThan(0, $"{name}: {nonsense}");
    }

    [Fact]
    public async Task A_wrong_command_line_has_no_verdict()
    {
        (await _verify.Run("archive")).Code.ShouldBe(2);
        (await _verify.Run("archive", "/does/not/exist")).Code.ShouldBe(2);
        (await _verify.Run("archive", _verify.File(_ledger.Archive(null)), "--key", "x")).Code.ShouldBe(
            0, "without a checkpoint no key is needed");
        (await _verify.Run("archive", _verify.File(_ledger.Archive(_ledger.Seal())), "--key", "x")).Code.ShouldBe(2);
    }

    private Task<(int Code, string Failed)> Verify(byte[] archive, params string[] more) =>
        _verify.Run(["archive", _verify.File(archive), .. more]);

    private static byte[] Flipped(byte[] body) => Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(body).Replace("trip", "trap"));
}
