using System.Reflection;
using Scoring.Health;

namespace Scoring.Architecture;

/// <summary>Holds the table of health checks of <c>docs/operations.md</c> equal to the checks.</summary>
[Collection("docs/operations.md")] // both may write it
public sealed class HealthPageTests
{
    private static readonly (string Process, CheckDescription Check)[] Checks =
    [
        .. from found in new[]
           {
               ("silo", "Silo"), ("gateway", "Gateway"), ("silo, gateway", "Hosting"), ("portal", "Portal"),
               ("silo, standalone", "Processes"),
           }
           from type in Assembly.Load($"Scoring.{found.Item2}").GetTypes()
           where type is { IsInterface: false } && typeof(IDescribedCheck).IsAssignableFrom(type)
           orderby type.Name
           select (found.Item1, (CheckDescription)type.GetProperty(nameof(IDescribedCheck.Description))!.GetValue(null)!),
    ];

    [Fact]
    public void The_table_of_checks_is_made_from_them()
    {
        Checks.Length.ShouldBeGreaterThan(12);
        GeneratedTable.ShouldHold(
            "docs/operations.md", "checks",
            [
                "| check | of | looks at | degraded | unhealthy | `obstacle` | what to do |", "|---|---|---|---|---|---|---|",
                .. Checks.Select(found => $"| `{found.Check.Name}` | {found.Process} | {found.Check.LooksAt} | {Or(found.Check.Degraded)} "
                    + $"| {Or(found.Check.Unhealthy)} | {(found.Check.Obstacle is { } word ? $"`{word}`" : "")} "
                    + $"| {found.Check.Advice} [More]({Link(found.Check.Page)}) |"),
            ]);

        static string Link(string page) => page["docs/".Length..].Replace("operations.md#", "#", StringComparison.Ordinal);

        static string Or(string text) => text.Length > 0 ? text : "never";
    }

    [Fact]
    public void Each_check_has_a_name_of_its_own_and_says_what_to_do()
    {
        Checks.Select(found => found.Check.Name).ShouldBeUnique();
        Checks.ShouldAllBe(found => found.Check.Advice.Length > 0 && found.Check.Degraded.Length + found.Check.Unhealthy.Length > 0);
        Checks.ShouldAllBe(found => found.Check.Obstacle == null || found.Check.Unhealthy.Length > 0);
    }

    [Fact]
    public void The_section_that_a_check_names_is_in_the_docs()
    {
        var pages = MarkdownPage.All().ToDictionary(page => page.Path.Replace('\\', '/'));
        foreach (var (_, check) in Checks)
        {
            var parts = check.Page.Split('#');
            pages[parts[0]].Anchors.ShouldContain(parts[1], check.Name);
        }
    }
}
