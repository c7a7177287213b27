using System.Text;

namespace Scoring.Incidents;

public sealed class IncidentContentTests
{
    private static readonly IncidentNotice Good = new("What.", "Where.", "So.", "Done.");

    [Theory]
    [InlineData("x", true)]
    [InlineData("发生了一起事故。", true)]
    [InlineData("a 🙂 b", true)]
    [InlineData("", false)]
    [InlineData(" a", false)]
    [InlineData("a ", false)]
    [InlineData("a\nb", false)]
    [InlineData("a\u0000b", false)]
    [InlineData("a\u0085b", false)]
    [InlineData("a\u2028b", false)]
    [InlineData("a\u2029b", false)]
    [InlineData("a\u202Eb", false)]
    [InlineData("a\u2066b", false)]
    public void A_text_is_one_line_of_plain_characters(string text, bool isGood)
    {
        IncidentContent.Problems(Good with { Nature = text }).Select(problem => problem.Pointer).ShouldBe(isGood ? [] : ["/nature"]);
        IncidentContent.Problems(Good with { Contact = text }).Select(problem => problem.Pointer).ShouldBe(isGood ? [] : ["/contact"]);
        IncidentContent.Problems(Good with { Consequences = text }).Select(problem => problem.Pointer)
            .ShouldBe(isGood ? [] : ["/consequences"]);
        IncidentContent.Problems(Good with { Measures = text }).Select(problem => problem.Pointer).ShouldBe(isGood ? [] : ["/measures"]);
    }

    [Fact]
    public void A_text_of_half_a_character_is_refused() =>
        IncidentContent.Problems(Good with { Nature = "a" + (char)0xD800 }).Length.ShouldBe(1);

    [Fact]
    public void The_limits_of_length_are_exact()
    {
        var longest = new IncidentNotice(new('x', 2000), new('x', 500), new('x', 2000), new('x', 2000));
        IncidentContent.Problems(longest).ShouldBeEmpty();
        IncidentContent.Problems(new(longest.Nature + "x", longest.Contact + "x", longest.Consequences + "x", longest.Measures + "x"))
            .Length.ShouldBe(4);
    }

    [Fact]
    public void The_details_are_canonical_and_the_hash_is_that_of_the_notice_in_them()
    {
        Encoding.UTF8.GetString(IncidentContent.Details(Good, "admin-1")).ShouldBe(
            """{"author":"admin-1","notice":{"consequences":"So.","contact":"Where.","measures":"Done.","nature":"What."}}""");
        IncidentContent.Hash(Good).ShouldBe(Rules.CanonicalJson.Hash(
            """{"consequences":"So.","contact":"Where.","measures":"Done.","nature":"What."}"""u8));
    }
}
