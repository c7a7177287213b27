using Scoring.Hosting;

namespace Scoring.Subjects;

/// <summary>Pausing a subject, and going on.</summary>
public sealed class PauseTests(SharedPortal portal) : PortalTest(portal)
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Nothing_counts_and_no_service_is_told_anything_during_a_pause(bool hasScript)
    {
        var subject = await Portal.Enrol("participant-2");
        await Portal.Send(subject, "traffic.vehicle-check", ("result", "pass"));
        var visitor = await Visit(new VisitorSettings(HasScript: hasScript));
        await visitor.SignIn("participant-2", subject.Path + "/pause");
        await visitor.Follow("main form[method=post] button[type=submit]");
        (await visitor.Page.Locator(".notice.good").CountAsync()).ShouldBe(1);

        await Portal.Send(subject, "traffic.park-and-ride");
        (await Portal.Query(subject.Resident.Grant!)).Score.ShouldBe(500);
        await visitor.Open(subject.Path + "/timeline");
        (await visitor.Page.Locator(".notice.warn a[href$='/pause']").CountAsync()).ShouldBe(1);

        await visitor.Follow(".notice.warn a[href$='/pause']");
        await visitor.Follow("main form[method=post] button[type=submit]");
        await visitor.Open(subject.Path);
        (await visitor.Page.Locator("#score-value .value").InnerTextAsync()).ShouldBe("580");
        (await visitor.Page.Locator(".notice.warn").CountAsync()).ShouldBe(0);
    }
}
