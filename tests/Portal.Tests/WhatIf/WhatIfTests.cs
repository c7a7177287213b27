using Scoring.Hosting;

namespace Scoring.WhatIf;

/// <summary>Asking what an event would do.</summary>
public sealed class WhatIfTests(SharedPortal portal) : PortalTest(portal)
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_answer_shows_before_and_after_and_nothing_is_stored(bool hasScript)
    {
        var subject = await Portal.Enrol("participant-2");
        var before = await subject.Calls.ReadHistory();
        var visitor = await Visit(new VisitorSettings(HasScript: hasScript));
        await visitor.SignIn("participant-2", subject.Path + "/what-if");
        await visitor.Page.Locator("select#type").SelectOptionAsync("traffic.vehicle-check");
        await visitor.Follow("form[method=get] button");
        await visitor.Page.Locator("#a-result").SelectOptionAsync("pass");

        await visitor.Follow("main form[method=post] button[type=submit]");

        var result = await visitor.Page.Locator("#result").InnerTextAsync();
        result.ShouldContain("500");
        result.ShouldContain("580");
        result.ShouldContain("+80");
        await visitor.Picture("what-if-answer");
        (await subject.Calls.ReadHistory()).Entries.Count.ShouldBe(before.Entries.Count);
        (await subject.Calls.ExplainScore()).Score.ShouldBe(500);
    }
}
