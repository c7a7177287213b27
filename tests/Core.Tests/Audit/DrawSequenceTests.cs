using Scoring.Checkpoints;

namespace Scoring.Audit;

public sealed class DrawSequenceTests
{
    private const string Note = "log.example\n3\nAAAA\nat 2026-11-26T22:00:00Z\n\n— log.example BBBB\n";

    private static readonly Checkpoint Sealed = new(
        3, default, "0", [new LogHead(0, 256, new byte[32]), new LogHead(1, 0, new byte[32]), new LogHead(2, 512, new byte[32])], Note);

    // A few lines of another language computed these from the words of the summary.
    [Fact]
    public void Positions_follow_from_the_draw_and_the_checkpoint_as_the_summary_says() =>
        DrawSequence.Of("abcdefghijklmnopqrstuv", Sealed, 8).Select(pick => (pick.Candidate, pick.Partition, pick.Position)).ShouldBe([
            (0, 0, 167), (1, 2, 248), (2, 0, 199), (3, 0, 157), (4, 2, 451), (5, 2, 442), (6, 2, 232), (7, 0, 202),
        ]);

    [Fact]
    public void Another_draw_or_checkpoint_gives_other_positions_and_an_empty_ledger_none()
    {
        var picks = DrawSequence.Of("abcdefghijklmnopqrstuv", Sealed, 8).ToArray();
        DrawSequence.Of("bbcdefghijklmnopqrstuv", Sealed, 8).ShouldNotBe(picks);
        DrawSequence.Of("abcdefghijklmnopqrstuv", Sealed with { Note = Note.Replace("22:00", "23:00") }, 8).ShouldNotBe(picks);
        DrawSequence.Of("abcdefghijklmnopqrstuv", Sealed with { Note = Note.Replace("BBBB", "CCCC") }, 8)
            .ShouldBe(picks, "signatures are not part of the seed");
        DrawSequence.Of("abcdefghijklmnopqrstuv", Sealed with { Logs = [new LogHead(0, 0, new byte[32])] }, 8).ShouldBeEmpty();
    }

    [Fact]
    public void Every_position_is_drawn_about_equally_often()
    {
        var counts = new int[768];
        foreach (var pick in DrawSequence.Of("abcdefghijklmnopqrstuv", Sealed, 76_800))
            counts[pick.Partition == 0 ? pick.Position - 1 : 256 + pick.Position - 1]++;
        // Chi-squared with 767 degrees of freedom, far from both tails.
        counts.Sum(count => (count - 100.0) * (count - 100.0) / 100.0).ShouldBeInRange(600, 950);
    }
}
