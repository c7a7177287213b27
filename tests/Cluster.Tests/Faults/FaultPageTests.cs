using System.Text.RegularExpressions;
using Scoring.Testing;

namespace Scoring.Faults;

public sealed partial class FaultPageTests
{
    [Fact]
    public void Every_fault_has_a_row_in_the_docs()
    {
        var page = File.ReadAllLines(Path.Combine(Repository.Root, "docs", "testing.md"));
        var rows = page.SkipWhile(line => line != "## Faults").TakeWhile(line => line != "## The report")
            .Where(line => line.StartsWith("| `", StringComparison.Ordinal))
            .SelectMany(line => Code().Matches(line.Split('|')[1]).Select(match => match.Groups[1].Value));
        rows.ShouldBe(Fault.All.Select(fault => fault.Name), ignoreOrder: true);
    }

    [GeneratedRegex("`([a-z-]+)`")]
    private static partial Regex Code();
}
