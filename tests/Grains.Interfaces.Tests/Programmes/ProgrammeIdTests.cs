using Scoring.Programmes;

namespace Scoring.Tests.Programmes;

public sealed class ProgrammeIdTests
{
    [Theory]
    [InlineData("ab")]
    [InlineData("safe-driver")]
    [InlineData("a1-2-b")]
    [InlineData("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    public void A_name_of_the_form_is_read_and_printed(string text) => ProgrammeId.Parse(text).ToString().ShouldBe(text);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("a")]
    [InlineData("Ab")]
    [InlineData("1a")]
    [InlineData("-ab")]
    [InlineData("ab-")]
    [InlineData("a--b")]
    [InlineData("a b")]
    [InlineData("ab\n")]
    [InlineData("äb")]
    [InlineData("a٣")]
    [InlineData("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    public void Anything_else_is_refused(string? text)
    {
        ProgrammeId.TryParse(text, out var id).ShouldBeFalse();
        id.ShouldBe(default);
        if (text is not null) Should.Throw<FormatException>(() => ProgrammeId.Parse(text));
    }

    [Fact]
    public void The_default_value_names_no_programme() => default(ProgrammeId).Value.ShouldBe("");
}
