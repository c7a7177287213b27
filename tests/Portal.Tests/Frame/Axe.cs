using Deque.AxeCore.Commons;

namespace Scoring.Frame;

/// <summary>
/// Runs axe-core in a page. The package for Playwright opens a second page for each result, in case there are frames of other sites, which
/// takes most of its time; the portal's policy allows no frame at all.
/// </summary>
internal static class Axe
{
    private const string Run = """
        async rules => (await axe.run(document, { resultTypes: ["violations"], ...(rules.length ? { runOnly: rules } : {}) })).violations
          .filter(violation => violation.impact === "serious" || violation.impact === "critical")
          .flatMap(violation => violation.nodes.map(node => `${violation.id}: ${violation.help}: ${node.html}`))
        """;

    private static readonly string Script = new BundledAxeScriptProvider().GetScript();

    /// <summary>Returns what is serious on the page, by all rules or by some.</summary>
    public static async Task<string[]> Faults(IPage page, params string[] rules)
    {
        if (!await page.EvaluateAsync<bool>("() => 'axe' in window")) await page.EvaluateAsync(Script);
        return await page.EvaluateAsync<string[]>(Run, rules);
    }
}
