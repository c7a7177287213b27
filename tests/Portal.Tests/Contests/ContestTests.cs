using Scoring.Client;
using Scoring.Hosting;

namespace Scoring.Contests;

/// <summary>Contesting an event, from the timeline to the case.</summary>
public sealed class ContestTests(SharedPortal portal) : PortalTest(portal)
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_contested_event_takes_nothing_away_while_the_contest_is_open(bool hasScript)
    {
        var subject = await Portal.Enrol("participant-2");
        await Portal.Send(subject, "traffic.vehicle-check", ("result", "pass"));
        await Portal.Send(subject, "surveillance.red-light-camera");
        var visitor = await Visit(new VisitorSettings(HasScript: hasScript));
        await visitor.SignIn("participant-2", subject.Path);
        (await Score(visitor)).ShouldBe("520");

        await visitor.Follow($"nav a[href='{subject.Path}/timeline']");
        await visitor.Follow("main a[href*='show=events']"); // acts of a busy day fill the first part
        await visitor.Follow("main li:has-text('red light') a[href*='/contests/new']");
        await visitor.Page.Locator("input[name=ground][value=not-mine]").CheckAsync();
        await visitor.Follow("main form[method=post] button[type=submit]");

        var contest = (await subject.Calls.ListContests()).ShouldHaveSingleItem();
        visitor.Path.ShouldBe($"{subject.Path}/contests/{contest.Case}");
        contest.Ground.ShouldBe(Client.ContestGround.NotMine);
        (await visitor.Page.Locator(".notice.good").CountAsync()).ShouldBe(1);
        (await visitor.Main()).ShouldContain($"{contest.DueOn.Day} ");

        await visitor.Page.Locator("input[name=ground][value=wrong-day]").CheckAsync();
        await visitor.Follow("main form[method=post] button[type=submit]");
        (await subject.Calls.ListContests()).Single().Material.ShouldBe(Client.ContestGround.WrongDay);
        (await visitor.Page.Locator("main form[method=post]").CountAsync()).ShouldBe(0, "a further ground is given once");

        await visitor.Open(subject.Path);
        (await Score(visitor)).ShouldBe("580");
    }

    [Fact]
    public async Task Two_pages_that_contest_one_event_open_one_contest()
    {
        var subject = await Portal.Enrol("participant-2");
        await Portal.Send(subject, "surveillance.red-light-camera");
        var turn = (await subject.Calls.ReadHistory()).Entries.First(entry => entry.Kind == EntryKind.Event).Turn;
        var visitor = await Visit();
        await visitor.SignIn("participant-2", $"{subject.Path}/contests/new?turn={turn}");
        await subject.Calls.OpenContest(new ContestRequest(turn, Client.ContestGround.DidNotHappen));
        await visitor.Page.Locator("input[name=ground][value=not-mine]").CheckAsync();

        await visitor.Follow("main form[method=post] button[type=submit]");

        // The summary leads to the field, which keeps what was chosen.
        await visitor.Page.Locator(".notice.error a").First.ClickAsync();
        (await visitor.Page.Locator("input[name=ground][value=not-mine]").IsCheckedAsync()).ShouldBeTrue();
        (await subject.Calls.ListContests()).Count.ShouldBe(1);
    }

    private static Task<string> Score(Visitor visitor) => visitor.Page.Locator("#score-value .value").InnerTextAsync();
}
