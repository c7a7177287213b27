using Scoring.Verify.Reports;

namespace Scoring.Verify.Checkpoints;

public sealed class CheckpointsCommandTests : IDisposable
{
    private readonly SampleLedger _ledger = new();
    private readonly VerifyRunner _verify = new();

    public void Dispose()
    {
        _ledger.Dispose();
        _verify.Dispose();
    }

    [Fact]
    public async Task A_chain_that_only_grows_is_accepted()
    {
        var first = _ledger.Seal();
        Grow();
        var second = _ledger.Seal("2026-03-20T12:00:00Z");
        Grow();
        var third = _ledger.Seal("2026-03-20T13:00:00Z");
        (await Check(third)).ShouldBe((0, ""));
        (await Check(third, first, _ledger.Consistency(1, 3))).ShouldBe((0, ""));
        (await Check(first, third, _ledger.Consistency(1, 3))).ShouldBe((0, ""));
        (await Check(third, second, _ledger.Consistency(2, 3))).ShouldBe((0, ""));
        (await Check(third, third)).ShouldBe((0, ""));
        (await Check(third, first)).ShouldBe((1, "chain-unproven"));
        (await Check(third, first, _ledger.Consistency(2, 3))).ShouldBe((1, "chain-forked"));
    }

    [Fact]
    public async Task A_tail_that_was_rewritten_and_signed_again_is_found_with_a_kept_checkpoint()
    {
        var first = _ledger.Seal();
        Grow();
        var second = _ledger.Seal("2026-03-20T12:00:00Z");
        _ledger.RemoveLastCheckpoint();
        _ledger.Rewrite(300, new byte[32]);
        var forged = _ledger.Seal("2026-03-20T12:00:00Z");
        Grow();
        var later = _ledger.Seal("2026-03-20T13:00:00Z");
        (await Check(later)).ShouldBe((0, ""), "on its own it looks correct");
        (await Check(later, first, _ledger.Consistency(1, 3))).ShouldBe((0, ""), "nothing before the forgery was changed");
        (await Check(later, second, _ledger.Consistency(2, 3))).ShouldBe((1, "chain-forked"));
        (await Check(forged, second)).ShouldBe((1, "chain-forked"));
    }

    [Fact]
    public async Task A_chain_goes_on_under_a_new_key_with_both_keys()
    {
        var first = _ledger.Seal();
        var former = _ledger.Key;
        _ledger.ReplaceKey();
        Grow();
        var second = _ledger.Seal("2026-03-20T12:00:00Z");
        (await Check(second)).ShouldBe((0, ""));
        (await Check(second, first, _ledger.Consistency(1, 2))).ShouldBe((1, "held-signature"));
        (await Check(second, first, _ledger.Consistency(1, 2), "--key", former)).ShouldBe((0, ""));
        (await Check(first, second, _ledger.Consistency(1, 2), "--key", former)).ShouldBe((0, ""));
    }

    [Fact]
    public async Task A_chain_taken_back_is_refused()
    {
        var first = _ledger.Seal();
        var earlier = _ledger.Archive(first);
        Grow();
        _ledger.Explained = (593, "silver", 100, -7);
        var second = _ledger.Seal("2026-03-20T11:30:00Z");
        var held = _verify.File(second);
        var proof = _verify.File(_ledger.Consistency(1, 2));
        (await _verify.Run("archive", _verify.File(earlier), "--held", held, "--consistency", proof)).Failed.ShouldContain(
            "chain-rewound");
        _ledger.MadeAt = "2026-03-20T11:10:00Z"; // an archive made before the kept checkpoint
        (await _verify.Run("archive", _verify.File(_ledger.Archive(second)), "--held", held)).Failed.ShouldNotContain("chain-rewound");
        (await _verify.Run("archive", _verify.File(_ledger.Archive(null)), "--held", held)).Failed.ShouldBe("chain-rewound");
    }

    [Fact]
    public async Task Another_incarnation_of_the_ledger_is_reported_and_not_accepted()
    {
        var first = _ledger.Seal();
        Grow();
        var second = _ledger.Seal("2026-03-20T12:00:00Z", "fedcba9876543210", "0123456789abcdef");
        (await Check(second)).ShouldBe((0, ""));
        (await Check(second, first, _ledger.Consistency(1, 2))).ShouldBe((1, "chain-broken"));
    }

    [Fact]
    public async Task A_changed_note_is_refused()
    {
        var note = _ledger.Seal();
        (await Check(note.Replace("\npartition 0 256 ", "\npartition 0 512 "))).ShouldBe((1, "checkpoint-signature"));
        (await Check(note.Replace("\npartition 0 256 ", "\npartition 0 250 "))).Failed.ShouldBe("checkpoint-signature checkpoint-sizes");
        (await Check(note.Replace("at 2026", "at 2025"))).ShouldBe((1, "checkpoint-signature"));
        foreach (var nonsense in (string[])[
            "", "x\n\n", note.Replace("life", "live"), note.Replace("partition 1", "partition 2"), note.Replace("— ", "- ")])
            (await Check(nonsense)).Code.ShouldBe(2);
    }

    [Fact]
    public async Task Witnesses_are_counted()
    {
        var note = _verify.File(_ledger.Seal());
        (await _verify.Run("checkpoints", note, "--key", _ledger.Key, "--witnesses-min", "1")).ShouldBe((1, "checkpoint-witnesses"));
        (await _verify.Run("checkpoints", note)).Code.ShouldBe(2, "without a key nothing can be checked");
    }

    // The example in the documentation of Go's package golang.org/x/mod/sumdb/note.
    [Fact]
    public void Notes_of_other_programs_are_read()
    {
        var note = SignedNote.Read(
            "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n\n"
            + "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n");
        var key = NoteKey.Read("PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW");
        key.HasSigned(note).ShouldBeTrue();
        key.HasSigned(note with { Text = note.Text.Replace("answer", "Answer") }).ShouldBeFalse();
        Should.Throw<UnreadableException>(() => NoteKey.Read("PeterNeumann+c74f20a4+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"));
    }

    private void Grow()
    {
        for (var i = 0; i < 20; i++) _ledger.AddEvent("2026-03-18", "traffic.trip");
        _ledger.Fill();
    }

    private Task<(int Code, string Failed)> Check(
        string note, string? held = null, string? consistency = null, params string[] more) => _verify.Run(
    [
        "checkpoints", _verify.File(note), "--key", _ledger.Key, .. more,
        .. held is null ? [] : (string[])["--held", _verify.File(held)],
        .. consistency is null ? [] : (string[])["--consistency", _verify.File(consistency)],
    ]);
}
