using Scoring.Audit;
using Scoring.Checkpoints;

namespace Scoring.Tests.Audit;

public sealed class DrawSequenceTests
{
    private const string Note = "log.example\n3\nAAAA\nat 2026-11-26T22:00:00Z\n\n— log.example BBBB\n";

    private static readonly Checkpoint Made = new(
        3, default, "0", [new LogHead(0, 256, new byte[32]), new LogHead(1, 0, new byte[32]), new LogHead(2, 512, new byte[32])], Note);

    // Worked out by a few lines of another language, from the words of the summary.
    [Fact]
    public void Places_follow_from_the_name_and_the_checkpoint_as_anybody_can_work_out() =>
        DrawSequence.Of("abcdefghijklmnopqrstuv", Made, 8).Select(place => (place.Candidate, place.Partition, place.Position)).ShouldBe([
            (0, 0, 167), (1, 2, 248), (2, 0, 199), (3, 0, 157), (4, 2, 451), (5, 2, 442), (6, 2, 232), (7, 0, 202),
        ]);

    [Fact]
    public void Another_name_or_checkpoint_leads_elsewhere_and_an_empty_ledger_nowhere()
    {
        var places = DrawSequence.Of("abcdefghijklmnopqrstuv", Made, 8).ToArray();
        DrawSequence.Of("bbcdefghijklmnopqrstuv", Made, 8).ShouldNotBe(places);
        DrawSequence.Of("abcdefghijklmnopqrstuv", Made with { Note = Note.Replace("22:00", "23:00") }, 8).ShouldNotBe(places);
        DrawSequence.Of("abcdefghijklmnopqrstuv", Made with { Note = Note.Replace("BBBB", "CCCC") }, 8)
            .ShouldBe(places, "signatures say nothing");
        DrawSequence.Of("abcdefghijklmnopqrstuv", Made with { Logs = [new LogHead(0, 0, new byte[32])] }, 8).ShouldBeEmpty();
    }

    [Fact]
    public void Every_place_is_drawn_about_as_often_as_any_other()
    {
        var counts = new int[768];
        foreach (var place in DrawSequence.Of("abcdefghijklmnopqrstuv", Made, 76_800))
            counts[place.Partition == 0 ? place.Position - 1 : 256 + place.Position - 1]++;
        // The sum of squares over 767 degrees of freedom: far from both ends.
        counts.Sum(count => (count - 100.0) * (count - 100.0) / 100.0).ShouldBeInRange(600, 950);
    }
}
