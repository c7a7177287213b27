using Scoring.Client;
using Scoring.Hosting;

namespace Scoring.Audit;

/// <summary>An auditor looks at histories.</summary>
public sealed class HistoryTests(SharedPortal portal) : PortalTest(portal)
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_history_is_shown_by_a_code_and_the_participant_sees_the_look(bool hasScript)
    {
        var subject = await Subject();
        var code = (await subject.Calls.MakeAuditCode(new Client.AuditCodeRequest())).Code;
        var visitor = await Visit(new VisitorSettings(HasScript: hasScript));
        var name = await visitor.OpenCase();
        await visitor.Open("/audit/histories");
        (await subject.Looks()).ShouldBeEmpty("no look without a click");

        await visitor.Look(name, "code", code);

        (await visitor.Page.Locator("#score-value .value").InnerTextAsync()).ShouldBe("520");
        var said = await visitor.Main();
        said.ShouldContain("Purpose", Case.Insensitive);
        said.ShouldContain("−60"); // the entry's points
        said.ShouldContain("The participant joined the programme.");
        visitor.Page.Url.ShouldNotContain(code);
        var look = (await subject.Looks()).ShouldHaveSingleItem();
        (look.By, look.Purpose, look.Case).ShouldBe(("auditor", "complaint", name));

        // Loading it again, going on and filtering are the same look.
        await visitor.Page.ReloadAsync();
        (await visitor.Page.Locator("#score-value .value").InnerTextAsync()).ShouldBe("520");
        await visitor.Follow("button[name=show][value=events]");
        (await visitor.Page.Locator(".timeline > li").CountAsync()).ShouldBe(2);
        (await subject.Looks()).Count.ShouldBe(1);

        var participant = await Visit();
        await participant.SignIn(subject.Person, subject.Path + "/who-looked");
        var seen = await participant.Main();
        seen.ShouldContain("An auditor");
        seen.ShouldContain("a complaint");
    }

    [Fact]
    public async Task A_history_is_shown_by_a_contest_and_a_reference_as_of_what_is_asked_for()
    {
        var subject = await Subject();
        var reference = (await Portal.Query(subject.Resident.Grant!)).Reference;
        var bad = (await subject.Calls.ReadHistory()).Entries.First(entry => entry.Kind == Client.EntryKind.Event);
        var contest = await subject.Calls.OpenContest(new Client.ContestRequest(bad.Turn, Client.ContestGround.NotMine));
        var visitor = await Visit();
        var name = await visitor.OpenCase("accuracy");

        await visitor.Look(name, "contest", contest.Case);
        var said = await visitor.Main();
        said.ShouldContain("a contest is open");
        said.ShouldContain("The participant contested the event");
        (await visitor.Page.Locator("#score-value .value").InnerTextAsync()).ShouldBe("580");

        await visitor.Look(name, "reference", reference, "turn", $"{bad.Turn}");
        (await visitor.Page.Locator("#score-value .value").InnerTextAsync()).ShouldBe("520");
        (await visitor.Main()).ShouldContain($"the entries up to turn {bad.Turn},");
        (await subject.Looks()).Count(look => look.By == "auditor").ShouldBe(2, "another state is another look");
    }

    [Fact]
    public async Task A_form_of_another_day_is_no_look()
    {
        var subject = await Subject();
        var code = (await subject.Calls.MakeAuditCode(new Client.AuditCodeRequest())).Code;
        var visitor = await Visit();
        var name = await visitor.OpenCase();
        await visitor.Look(name, "code", code);
        foreach (var form in new[] { "form.filter", "form[action*='/table']" })
        {
            await visitor.Page.Locator($"{form} input[name=day]").EvaluateAsync("field => field.value = '2026-01-01'");
            await visitor.Follow($"{form} button");
            (await visitor.Main()).ShouldContain("A new day has begun");
            (await visitor.Page.Locator("#score-value").CountAsync()).ShouldBe(0);
            await visitor.Look(name, "code", code);
        }
        (await subject.Looks()).Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_refusal_is_a_sentence_at_the_field()
    {
        var subject = await Subject();
        var code = (await subject.Calls.MakeAuditCode(new Client.AuditCodeRequest())).Code;
        await subject.Calls.Restrict();
        var visitor = await Visit();
        var name = await visitor.OpenCase();

        await visitor.Look(name, "code", code);
        (await visitor.Page.Locator(".notice.error").InnerTextAsync()).ShouldContain("the person has paused or left");
        await visitor.Look(name, "code", "short");
        (await visitor.Page.Locator(".notice.error").InnerTextAsync()).ShouldContain("22 characters");
        await visitor.Look(name, "code", code, "day", "yesterday");
        (await visitor.Page.Locator(".notice.error").InnerTextAsync()).ShouldContain("Enter a day");
        (await visitor.Page.Locator("#name").InputValueAsync()).ShouldBe(code);

        await subject.Calls.LiftRestriction();
        (await subject.Looks()).ShouldBeEmpty();
    }

    private async Task<EnrolledSubject> Subject()
    {
        var subject = await Portal.Enrol("participant-2");
        await Portal.Send(subject, "traffic.vehicle-check", ("result", "pass"));
        await Portal.Send(subject, "surveillance.red-light-camera");
        return subject;
    }
}
