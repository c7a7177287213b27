using Scoring.City.Rows;

namespace Scoring.City.Tests.Rows;

public sealed class RowReaderTests
{
    [Fact]
    public void A_file_of_unknown_format_is_refused_with_its_columns() =>
        Should.Throw<CityException>(() => RowReader.Read(new StringReader("a,b\n1,2\n"), new RowOptions("test", 1)))
            .Message.ShouldContain("a, b");

    [Fact]
    public void An_empty_file_is_refused() =>
        Should.Throw<CityException>(() => RowReader.Read(new StringReader(""), new RowOptions("test", 1)));

    [Fact]
    public void Synthetic_files_have_the_known_formats() =>
        Demos.SyntheticFiles.All("test").Select(text => RowReader.Read(new StringReader(text), new RowOptions("test", 5)).Programme)
            .ShouldBe(["fair-payer", "safe-driver", "clean-kitchen"]);
}
