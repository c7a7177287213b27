using System.CommandLine;
using System.Text.Json;
using Scoring.City.Commands;
using Scoring.Client;

namespace Scoring.City.Tests.Commands;

public sealed class SubjectNameOptionsTests
{
    [Theory]
    [InlineData("--reference r", """{"reference":"r"}""")]
    [InlineData("--contest c", """{"contest":"c"}""")]
    [InlineData("--code a", """{"auditCode":"a"}""")]
    [InlineData("--draw d", """{"draw":"d","pick":1}""")]
    [InlineData("--draw d --pick 3", """{"draw":"d","pick":3}""")]
    public void A_subject_is_named_in_one_way(string line, string name) => Name(line).ShouldBe(name);

    [Theory]
    [InlineData("")]
    [InlineData("--pick 1")]
    [InlineData("--reference r --code a")]
    public void No_name_or_two_names_are_refused(string line) => Should.Throw<CityException>(() => Name(line));

    private static string Name(string line)
    {
        var options = new SubjectNameOptions();
        var command = options.AddTo(new Command("x"));
        return JsonSerializer.Serialize(options.Read(new RootCommand { command }.Parse("x " + line)), ScoringJson.Options);
    }
}
