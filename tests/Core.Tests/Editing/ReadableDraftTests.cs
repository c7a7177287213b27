using Scoring.Rules;

namespace Scoring.Editing;

public sealed class ReadableDraftTests
{
    [Fact]
    public void A_draft_that_may_not_be_published_yet_shows_its_differences()
    {
        var draft = SampleDrafts.Second();
        draft["programme"]!["purpose"] = "Calmer driving.";
        draft["ruleSet"]!["firstDay"] = "2025-06-16";
        var read = SampleDrafts.Check(draft, SampleDrafts.Published);
        read.Problems.ShouldHaveSingleItem().Code.ShouldBe(ProblemCode.NoticeTooShort);
        read.Version.ShouldBeNull();
        read.Readable!.Differences.ShouldBe(["The purpose is now: Calmer driving."]);
    }

    [Fact]
    public void A_draft_with_a_part_that_cannot_be_read_shows_none()
    {
        var draft = SampleDrafts.Second();
        draft["programme"]!["purpose"] = "";
        SampleDrafts.Check(draft, SampleDrafts.Published).Readable.ShouldBeNull();
    }

    [Fact]
    public void A_draft_names_its_programme()
    {
        DraftCheck.NameOf(SampleDrafts.Bytes(SampleDrafts.First())).ShouldBe(SampleDrafts.Calm);
        DraftCheck.NameOf("{}"u8.ToArray()).ShouldBe(default);
    }
}
