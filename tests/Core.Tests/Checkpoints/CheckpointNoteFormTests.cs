using System.Security.Cryptography;

namespace Scoring.Checkpoints;

/// <summary>The text of a checkpoint is exact, and a stored text of another form is refused.</summary>
public sealed class CheckpointNoteFormTests
{
    private const string Root = "oYIRqOAPSPEqjUJ6CGW/yK7oz6M3QiGbZPhsGWLsjqA=";

    private const string Text =
        $"city.example/ledger\n7\n{Root}\nat 2026-11-26T22:00:05Z\nlife 0123\nbreak 4567\npartition 0 512 {Root}\npartition 1 0 {Root}\n";

    private const string Signed = Text + "\n— city.example/ledger c2ln\n";

    private static readonly CheckpointNote Note = new(
        "city.example/ledger", 7, Convert.FromBase64String(Root),
        new CheckpointStatement(
            new DateTimeOffset(2026, 11, 27, 0, 0, 5, TimeSpan.FromHours(2)), "0123", "4567",
            [new LogHead(0, 512, Convert.FromBase64String(Root)), new LogHead(1, 0, Convert.FromBase64String(Root))]));

    [Fact]
    public void A_note_is_written_with_its_instant_in_utc_and_a_line_for_each_log()
    {
        Note.Text.ShouldBe(Text);
        Note.Statement.Text.ShouldBe(Text[Text.IndexOf("at ", StringComparison.Ordinal)..]);
        (Note with { Statement = Note.Statement with { LifeBefore = null } }).Text.ShouldBe(Text.Replace("break 4567\n", ""));
        Note.Statement.Leaf.ShouldBe(SHA256.HashData([0, .. System.Text.Encoding.UTF8.GetBytes(Note.Statement.Text)]));
    }

    [Theory]
    [InlineData("break 4567\n", "4567")]
    [InlineData("", null)]
    public void A_note_is_read_as_it_was_written(string line, string? before)
    {
        var read = CheckpointNote.Read(Signed.Replace("break 4567\n", line));
        read.Text.ShouldBe(Text.Replace("break 4567\n", line));
        (read.Origin, read.Number, read.Statement.Life, read.Statement.LifeBefore).ShouldBe((Note.Origin, 7, "0123", before));
        read.Statement.At.ShouldBe(Note.Statement.At);
        read.Statement.Logs.Select(log => (log.Partition, log.Size)).ShouldBe([(0, 512L), (1, 0L)]);
        read.Statement.Logs.Length.ShouldBe(2);
    }

    [Fact]
    public void The_signed_text_ends_before_the_first_empty_line() =>
        CheckpointNote.TextOf(Signed + "\nmore\n").ShouldBe(Text);

    [Theory]
    [InlineData("at 2026", "to 2026")]
    [InlineData("05Z", "05")]
    [InlineData("life ", "Life ")]
    [InlineData("life 0123\nbreak 4567\n", "")]
    [InlineData("partition 1 ", "part 1 ")]
    [InlineData("partition 1 ", "partition -1 ")]
    [InlineData("partition 1 ", "partition 99999999999 ")]
    [InlineData("partition 0 512", "partition 0 +512")]
    [InlineData("partition 1 0 " + Root, "partition 1 0")]
    [InlineData("partition 1 0 " + Root, "partition 1 0 x")]
    [InlineData("\n7\n", "\n-7\n")]
    [InlineData("\n7\n", "\nseven\n")]
    [InlineData("\n7\n" + Root, "\n7\nx")]
    [InlineData("\n7\n" + Root + "\nat 2026-11-26T22:00:05Z", "\n7\n" + Root)]
    public void A_text_of_another_form_is_refused(string part, string other)
    {
        Signed.ShouldContain(part);
        Should.Throw<FormatException>(() => CheckpointNote.Read(Signed.Replace(part, other)));
    }

    [Fact]
    public void A_text_without_an_empty_line_is_refused() => Should.Throw<FormatException>(() => CheckpointNote.Read(Text));

    [Fact]
    public void The_refusal_names_the_word_that_is_missing() =>
        Should.Throw<FormatException>(() => CheckpointNote.Read(Signed.Replace("life ", "Life ")))
            .Message.ShouldBe("A line of a checkpoint does not begin with life.");
}
