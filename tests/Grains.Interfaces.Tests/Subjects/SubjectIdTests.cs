using Scoring.Subjects;

namespace Scoring.Tests.Subjects;

public sealed class SubjectIdTests
{
    [Theory]
    [InlineData(0, "0000000000000000")]
    [InlineData(255, "00000000000000ff")]
    [InlineData(long.MaxValue, "7fffffffffffffff")]
    [InlineData(long.MinValue, "8000000000000000")]
    [InlineData(-1, "ffffffffffffffff")]
    public void It_prints_sixteen_digits_and_reads_them_back(long value, string text)
    {
        new SubjectId(value).ToString().ShouldBe(text);
        SubjectId.TryParse(text, out var read).ShouldBeTrue();
        read.Value.ShouldBe(value);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("ff")]
    [InlineData("00000000000000fg")]
    [InlineData(" 00000000000000f")]
    [InlineData("-000000000000001")]
    [InlineData("0x00000000000001")]
    [InlineData("00000000000000ff0")]
    public void It_reads_nothing_else(string? text) => SubjectId.TryParse(text, out _).ShouldBeFalse();
}
