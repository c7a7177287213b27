using static Microsoft.Playwright.Assertions;
using Scoring.Hosting;

namespace Scoring.Notices;

/// <summary>An open page shows what happens without being loaded again.</summary>
public sealed class LiveTests(SharedPortal portal) : PortalTest(portal)
{
    private const string Value = "#score-value .value";

    [Fact]
    public async Task An_event_about_what_a_person_linked_moves_the_score_on_the_open_page()
    {
        var visitor = await Visit();
        await visitor.SignIn("participant-2", "/programmes/safe-driver");
        var handle = await visitor.Join("safe-driver", "traffic.city.example", "car-1");
        await OpenLive(visitor, Joining.RootOf(visitor.Path));
        await Expect(visitor.Page.Locator(Value)).ToHaveTextAsync("500");

        await Portal.Send("safe-driver", "https://traffic.city.example", handle, "traffic.vehicle-check", ("result", "pass"));

        await Expect(visitor.Page.Locator(Value)).ToHaveTextAsync("580");
        await IsSamePage(visitor);
        await visitor.Picture("score-live");
        await visitor.Open(visitor.Path + "/leave");
        await visitor.Follow("main form[method=post] button[type=submit]");
    }

    [Fact]
    public async Task A_service_that_looks_is_seen_at_once()
    {
        var subject = await Portal.Enrol("participant-2");
        var visitor = await Visit();
        await visitor.SignIn("participant-2");
        await OpenLive(visitor, subject.Path + "/who-looked");
        var looks = visitor.Page.Locator("[data-live-part=looks] li");
        await Expect(looks).ToHaveCountAsync(0);

        await Portal.Query(subject.Resident.Grant!);

        await Expect(looks).ToHaveCountAsync(1);
        await Expect(looks.First).ToContainTextAsync("City Parking Ltd");
        await IsSamePage(visitor);
    }

    [Fact]
    public async Task A_page_of_a_subject_that_has_left_says_so()
    {
        var subject = await Portal.Enrol("participant-2");
        var visitor = await Visit();
        visitor.Watch.Expect(404);
        await visitor.SignIn("participant-2");
        await OpenLive(visitor, subject.Path + "/timeline");
        await subject.Calls.Withdraw();
        await Expect(visitor.Page.Locator("[data-live-part]")).ToHaveCountAsync(0);
        await Expect(visitor.Page.Locator("h1")).ToHaveCountAsync(1);
    }

    private static async Task OpenLive(Visitor visitor, string path)
    {
        await visitor.Open(path);
        await visitor.Page.Locator("[data-live]:not([hidden])").WaitForAsync();
        await visitor.Page.EvaluateAsync("() => { document.documentElement.dataset.same = '1'; }");
    }

    private static Task IsSamePage(Visitor visitor) => Expect(visitor.Page.Locator("html[data-same]")).ToHaveCountAsync(1);
}
