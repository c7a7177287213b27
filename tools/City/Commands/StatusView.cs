using System.Globalization;
using Scoring.City.Platform;
using Spectre.Console;

namespace Scoring.City.Commands;

/// <summary>Writes the health of a process for people.</summary>
public static class StatusView
{
    /// <summary>Writes what the checks of a process found, and what to do where one is not satisfied.</summary>
    public static void Write(IAnsiConsole console, Uri address, HealthDetail health)
    {
        console.WriteLine();
        console.MarkupLine(
            $"{Mark(health.Status)} [bold]{Markup.Escape(health.Process)}[/] {Word(health.Status)} "
            + $"[dim]{Markup.Escape(health.Version.Split('+')[0])}, up {Duration(health.UpSeconds)}, "
            + $"{Markup.Escape(address.Authority)}[/]");
        console.WriteLine();
        var grid = new Grid()
            .AddColumn(new GridColumn { NoWrap = true, Padding = new Padding(2, 0, 1, 0) })
            .AddColumn(new GridColumn { NoWrap = true, Padding = new Padding(0, 0, 2, 0) })
            .AddColumn(new GridColumn { Padding = new Padding(0) });
        foreach (var check in health.Checks)
        {
            grid.AddRow(Mark(check.Status), Markup.Escape(check.Name), Markup.Escape(check.Found));
            if (check.Status == HealthWord.Healthy) continue;
            grid.AddRow("", Word(check.Status), $"[bold]{Markup.Escape(check.Advice ?? "")}[/]");
            grid.AddRow("", "", $"[dim]{Markup.Escape(check.Page ?? "")}[/]");
        }
        console.Write(grid);
    }

    /// <summary>Writes why a process could not be asked.</summary>
    public static void WriteSilent(IAnsiConsole console, Uri address, string why)
    {
        console.WriteLine();
        console.MarkupLine($"{Mark(HealthWord.Unhealthy)} [bold]{Markup.Escape(address.Authority)}[/] [red]no answer[/]");
        console.MarkupLine($"  {Markup.Escape(why)}");
    }

    private static string Mark(HealthWord status) => status switch
    {
        HealthWord.Healthy => "[green]✓[/]",
        HealthWord.Degraded => "[yellow]![/]",
        _ => "[red]✗[/]",
    };

    private static string Word(HealthWord status) => status switch
    {
        HealthWord.Healthy => "[green]healthy[/]",
        HealthWord.Degraded => "[yellow]degraded[/]",
        _ => "[red]unhealthy[/]",
    };

    private static string Duration(long seconds) => seconds switch
    {
        < 120 => string.Create(CultureInfo.InvariantCulture, $"{seconds} s"),
        < 7200 => string.Create(CultureInfo.InvariantCulture, $"{seconds / 60} min"),
        < 172_800 => string.Create(CultureInfo.InvariantCulture, $"{seconds / 3600} h"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{seconds / 86_400} days"),
    };
}
