using Scoring.City.Commands;
using Scoring.City.Platform;
using Spectre.Console;

namespace Scoring.City.Tests.Commands;

public sealed class StatusViewTests
{
    private static readonly Uri Address = new("http://127.0.0.1:5085");

    [Fact]
    public void A_check_that_is_not_satisfied_says_what_to_do_and_where_to_read_more() => Lines(new HealthDetail(
        HealthWord.Degraded, "silo", "1.2.3+abc", 400,
        [
            new CheckDetail("database", HealthWord.Healthy, "It answers in 1 ms."),
            new CheckDetail("clock", HealthWord.Degraded, "It is [odd].", "Set the clocks right.", "docs/operations.md#the-clock"),
        ])).ShouldBe(
    [
        "! silo degraded 1.2.3, up 6 min, 127.0.0.1:5085",
        "  ✓ database It answers in 1 ms.",
        "  ! clock It is [odd].",
        "  degraded Set the clocks right.",
        "  docs/operations.md#the-clock",
    ]);

    private static string[] Lines(HealthDetail health)
    {
        using var to = new StringWriter();
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.No, Out = new AnsiConsoleOutput(to) });
        console.Profile.Width = 100;
        StatusView.Write(console, Address, health);
        return
        [
            .. to.ToString().Split('\n').Select(line => line.TrimEnd()).Where(line => line.Length > 0)
                .Select(line => (line[0] == ' ' ? "  " : "") + string.Join(' ', line.Split(' ', StringSplitOptions.RemoveEmptyEntries))),
        ];
    }
}
