using Scoring.Frame;
using Scoring.Hosting;

namespace Scoring.Audit;

/// <summary>A history can be used by everyone. The other pages of the console are among all pages.</summary>
public sealed class AuditPictureTests(SharedPortal portal) : PortalTest(portal)
{
    [Theory]
    [InlineData("en")]
    [InlineData("zh-CN")]
    public async Task A_history_can_be_used_by_everyone(string language)
    {
        var subject = await Portal.Enrol("participant-2");
        await Portal.Send(subject, "traffic.trip", ("distanceKm", 60), ("overLimitKm", 0), ("harshBrakings", 0));
        await Portal.Send(subject, "surveillance.speed-camera", ("schoolZone", true));
        await Portal.Query(subject.Resident.Grant!);
        var bad = (await subject.Calls.ReadHistory()).Entries.First(entry => entry.Kind == Client.EntryKind.Event);
        var contest = await subject.Calls.OpenContest(new Client.ContestRequest(bad.Turn, Client.ContestGround.WrongValue));
        var visitor = await Visit(new VisitorSettings(language));
        await visitor.SignIn(AuditVisit.Auditor, "/audit");
        await visitor.Look((await Portal.Sample).Audit, "contest", contest.Case);

        const string picture = "audit-history";
        var page = visitor.Page;
        (await page.Locator("h1").CountAsync()).ShouldBe(1);
        await visitor.Picture(picture, isDark: false);
        (await Axe.Faults(page)).ShouldBeEmpty(picture);
        await page.EmulateMediaAsync(new PageEmulateMediaOptions { ColorScheme = ColorScheme.Dark });
        (await Axe.Faults(page, "color-contrast")).ShouldBeEmpty(picture);
        await visitor.Picture(picture, isDark: true);
        await page.EmulateMediaAsync(new PageEmulateMediaOptions { ColorScheme = ColorScheme.Light });
        await page.SetViewportSizeAsync(VisitorSettings.Phone, 800);
        (await page.EvaluateAsync<int>("() => document.documentElement.scrollWidth")).ShouldBe(VisitorSettings.Phone, picture);
        await visitor.Picture(picture, isDark: false, VisitorSettings.Phone);
        await page.SetViewportSizeAsync(visitor.Settings.Width, 900);
    }
}
