using System.ComponentModel.DataAnnotations;
using System.Reflection;
using System.Runtime.CompilerServices;
using Scoring.Client.Tests.Requests;
using Scoring.Testing;

namespace Scoring.Client.Tests.Hosting;

public sealed class ReadmeTests
{
    /// <summary>The program of the page, which <see cref="The_program_of_the_page_is_the_one_that_is_tested"/> compares.</summary>
    [Fact]
    public async Task The_program_of_the_page_prints_a_score()
    {
        var token = "a-token\n";
        var platform = new RecordingHandler("""
            {"programme":"safe-driver","score":510,"tier":"calm","validUntil":"2026-11-23T07:15:00Z","reference":"r"}
            """);
        using var client = new ScoringClient(
            new ScoringClientOptions
            {
                Addresses = { new Uri("http://127.0.0.1:5080") },
                AccessToken = _ => ValueTask.FromResult<string?>(token.Trim()),
            },
            platform);
        string[] args = ["a-grant"];
        using var console = new StringWriter();
        var answer = await client.Scores.Query(args[0]);
        console.WriteLine($"{answer.Score} points, tier {answer.Tier}, valid until {answer.ValidUntil:u}");
        console.ToString().Trim().ShouldBe("510 points, tier calm, valid until 2026-11-23 07:15:00Z");
        platform.Request!.Authorization.ShouldBe("Bearer a-token");
    }

    [Fact]
    public void The_program_of_the_page_is_the_one_that_is_tested()
    {
        var page = File.ReadAllLines(Path.Combine(Repository.Root, "src", "Client", "README.md"));
        string[] program =
        [
            .. page.SkipWhile(line => line != "```csharp").Skip(1).TakeWhile(line => line != "```")
                .Select(line => line.Trim().Replace("Console.", "console.", StringComparison.Ordinal)).Where(line => line.Length > 3),
        ];
        program.Length.ShouldBeInRange(5, 10);
        var tested = File.ReadAllText(Source());
        program.Where(line => !line.StartsWith("using", StringComparison.Ordinal) && !line.Contains("File.", StringComparison.Ordinal))
            .Where(line => !tested.Contains(line, StringComparison.Ordinal)).ShouldBeEmpty();
    }

    [Fact]
    public void Every_option_has_a_row_with_its_default_and_range()
    {
        var defaults = new ScoringClientOptions();
        var rows = File.ReadLines(Path.Combine(Repository.Root, "src", "Client", "README.md"))
            .SkipWhile(line => line != "## Options").Where(line => line.StartsWith("| `", StringComparison.Ordinal))
            .Select(line => line.Split('|').Select(cell => cell.Trim()).ToArray()).ToArray();
        var options = typeof(ScoringClientOptions).GetProperties();
        rows.Select(row => row[1].Trim('`')).ShouldBe(options.Select(option => option.Name), ignoreOrder: true);
        foreach (var (option, row) in options.Select(option => (option, rows.Single(row => row[1] == $"`{option.Name}`"))))
        {
            if (option.GetCustomAttribute<RangeAttribute>() is { } range) row[3].ShouldBe($"{range.Minimum} to {range.Maximum}");
            if (option.PropertyType.IsValueType) row[2].ShouldBe($"{option.GetValue(defaults)}", option.Name);
        }
    }

    private static string Source([CallerFilePath] string path = "") =>
        File.Exists(path) ? path : Path.Combine(Repository.Root, "tests", "Client.Tests", "Hosting", "ReadmeTests.cs");
}
