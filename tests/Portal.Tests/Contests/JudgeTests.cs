using Scoring.Client;
using Scoring.Frame;
using Scoring.Hosting;

namespace Scoring.Contests;

/// <summary>Judging a contest, from the queue to what the person sees of it.</summary>
public sealed class JudgeTests(SharedPortal portal) : PortalTest(portal)
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_contest_is_opened_and_upheld_and_the_person_sees_who_looked_and_why(bool hasScript)
    {
        var (subject, contest) = await Contest();
        var judge = await Visit(new VisitorSettings(HasScript: hasScript));
        await judge.SignIn(ListedPage.Independent, "/admin/contests");
        await judge.Page.Locator($"a[href='/admin/contests/{contest}']").WaitForAsync();
        await judge.Picture("judge-queue");
        await judge.Follow($"a[href='/admin/contests/{contest}']");
        (await judge.Main()).ShouldContain("an administrator read this event");
        (await judge.Page.Locator("#file").CountAsync()).ShouldBe(0, "nothing is shown before the file is opened");
        (await Looks(subject)).ShouldBeEmpty();

        await judge.Follow("#open");
        (await judge.Page.Locator("#file").InnerTextAsync()).ShouldContain("red light");
        (await Looks(subject)).Count.ShouldBe(1);
        await judge.Picture("judge-file", isDark: false);
        // The reason that says the same as the person's ground comes first.
        (await judge.Page.Locator("fieldset:last-of-type input[name=reason]").First.GetAttributeAsync("value"))
            .ShouldBe("not-the-subjects");
        await judge.Page.Locator("input[name=reason][value=not-the-subjects]").CheckAsync();
        await judge.Follow("form:has(input[name=reason]) button");
        (await judge.Page.Locator(".notice.good").CountAsync()).ShouldBe(1);
        await judge.Picture("judge-decided");
        (await Looks(subject)).Count.ShouldBe(1, "to decide is no look");

        var person = await Visit();
        await person.SignIn("participant-2", $"{subject.Path}/contests/{contest}");
        (await person.Main()).ShouldContain("the event is not about you");
        await person.Open($"{subject.Path}/who-looked");
        (await person.Main()).ShouldContain("administrator");
        await judge.Open($"/admin/contests/{contest}", 404);
    }

    [Fact]
    public async Task A_contest_is_rejected_by_keyboard_alone_and_decided_once()
    {
        var (subject, contest) = await Contest();
        var judge = await Visit();
        await judge.SignIn(ListedPage.Independent, "/admin");
        await judge.Press($"main a[href='/admin/contests/{contest}']");
        await judge.Press("#open");
        await judge.Type("input[name=reason]", null, "Space");
        await judge.Press("form:has(input[name=reason]) button");
        (await subject.Calls.ListContests()).Single().Reason.ShouldBe(Client.ContestReason.SourceConfirmed);

        // The browser sends the same form again: the same decision has the same answer.
        await judge.Page.ReloadAsync();
        (await judge.Page.Locator(".notice.good").CountAsync()).ShouldBe(1);
    }

    [Fact]
    public async Task An_administrator_with_a_part_in_the_rules_is_told_before_opening_and_refused()
    {
        var city = await Portal.Hostile;
        var author = await Visit(other: city.Portal);
        await author.SignIn("administrator-2", $"/admin/contests/{city.Sample.Contest}");
        (await author.Main()).ShouldContain("You may not judge this contest");
        await author.Picture("judge-forbidden");
        await author.Follow("#open");
        (await author.Page.Locator(".notice.error a").First.GetAttributeAsync("href")).ShouldBe("#open");
        (await author.Page.Locator("#file").CountAsync()).ShouldBe(0);
        (await Looks(city.Sample.Subject)).ShouldBeEmpty();

        var other = await Visit(other: city.Portal);
        await other.SignIn(ListedPage.Independent, $"/admin/contests/{city.Sample.Contest}");
        (await other.Main()).ShouldContain("You may judge this contest");
    }

    private async Task<(EnrolledSubject Subject, string Contest)> Contest()
    {
        var subject = await Portal.Enrol("participant-2");
        await Portal.Send(subject, "surveillance.red-light-camera");
        var turn = (await subject.Calls.ReadHistory()).Entries.First(entry => entry.Kind == EntryKind.Event).Turn;
        var contest = await subject.Calls.OpenContest(new Client.ContestRequest(turn, Client.ContestGround.NotMine));
        return (subject, contest.Case);
    }

    /// <summary>The looks of administrators in the person's history.</summary>
    private static async Task<IReadOnlyList<string>> Looks(EnrolledSubject subject) =>
        [.. (await subject.Calls.ReadHistory()).Entries.Where(entry => entry.Kind == EntryKind.Looked).Select(entry => $"{entry.Turn}")];
}
