namespace Scoring.Checkpoints;

public sealed class NoteTextTests
{
    private const string Note = """
        scoring.city/ledger
        42
        D9UpeU0cZ/spv8cXME76kC3WVzYmA3c4My7GWDm8WpM=
        at 2026-11-30T07:01:40Z
        life 9298d1c02e974a7c
        partition 0 256 QTrvtCFsWaZi1LouSYhL9qALCJAfIZ+kV6xxsGmAm6Q=
        partition 1 0 47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=
        partition 2 512 47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=

        — scoring.city/ledger vQor+A==
        — witness.example/one AbCd+A==

        """;

    [Fact]
    public void A_note_is_read()
    {
        var read = NoteText.Read(Note)!;
        (read.Log, read.Number, read.Leaves, read.Partitions).ShouldBe(("scoring.city/ledger", 42, 768, 2));
        read.At.ShouldBe(new DateTimeOffset(2026, 11, 30, 7, 1, 40, TimeSpan.Zero));
        read.IsAfterRestore.ShouldBeFalse();
        read.Signers.ShouldBe(["scoring.city/ledger", "witness.example/one"]);
    }

    [Fact]
    public void A_restored_backup_is_seen() =>
        NoteText.Read(Note.Replace("life 9298", "break fedcba9876543210\nlife 9298", StringComparison.Ordinal))!
            .IsAfterRestore.ShouldBeTrue();

    [Theory]
    [InlineData("")]
    [InlineData("one line")]
    [InlineData("log\nnot-a-number\nroot\nat 2026-11-30T07:01:40Z\n\n— a b\n")]
    [InlineData("log\n1\nroot\nlife x\n\n— a b\n")]
    public void Another_text_is_no_note(string text) => NoteText.Read(text).ShouldBeNull();
}
