using Scoring.Enrolments;
using Scoring.Testing;

namespace Scoring.Hosting;

/// <summary>What people do on the way into a programme.</summary>
internal static class Joining
{
    /// <summary>
    /// Links a made-up thing on the page of its source, to which a link of this page leads. Returns the handle by which the source names
    /// it: the person's browser carries it back to the portal.
    /// </summary>
    public static async Task<string> Link(this Visitor visitor, string source, string thing)
    {
        await visitor.Follow($"main a[href^='/link/start'][href*='{source}']");
        await visitor.Follow($"button[name=thing][value={thing}]");
        var proof = await visitor.Page.Locator("input[name=proof]").InputValueAsync();
        await visitor.Follow("main form button");
        return RelyingParty.Claims(proof).GetProperty("handle").GetString()!;
    }

    /// <summary>
    /// Goes from a programme's page through the screens of joining, and links one thing. Ends on the page that follows; returns the
    /// handle.
    /// </summary>
    public static async Task<string> Join(
        this Visitor visitor, string programme, string source, string thing, Func<string, Task>? onScreen = null)
    {
        var handle = "";
        await visitor.Follow($"main a[href='{JoinPage.PathOf(programme, JoinPage.Steps[0])}']");
        foreach (var step in JoinPage.Steps)
        {
            visitor.Path.ShouldBe(JoinPage.PathOf(programme, step));
            if (onScreen is not null) await onScreen(step);
            if (step == "link") handle = await visitor.Link(source, thing);
            await visitor.Follow(step == "check" ? "main form[method=post] button[type=submit]" : "main > .actions a.button");
        }
        return handle;
    }

    /// <summary>The subject's first page, from one of its pages.</summary>
    public static string RootOf(string path) => string.Join('/', path.Split('/').Take(4));
}
