using Scoring.City.People;
using Scoring.Hosting;

namespace Scoring.Incidents;

/// <summary>Telling every participant about an incident, through the pages.</summary>
public sealed class IncidentPageTests(SharedPortal portal) : PortalTest(portal)
{
    private const string Path = $"/admin/programmes/{ProgrammeNames.SafeDriver}/incidents";

    [Fact]
    public async Task A_notice_is_proposed_taken_back_and_told_when_another_confirms_it()
    {
        var city = (await Portal.Hostile).Portal;
        var subject = await city.Enrol("participant-3");
        var author = await Visit(other: city);
        await author.SignIn("administrator-1", Path);
        await author.Page.Locator("#nature").FillAsync("On 3 March a list of days\nwas copied by a stranger.");
        await author.Follow("form:has(#nature) button");
        (await author.Page.Locator(".field.faulty").CountAsync()).ShouldBe(3, "each text that is missing");
        await author.Page.Locator("#consequences").FillAsync("A stranger may know on which days you drove.");
        await author.Page.Locator("#measures").FillAsync("We have closed the gap. You need do nothing.");
        await author.Page.Locator("#contact").FillAsync("Data protection officer, privacy@city.example");
        await author.Follow("form:has(#nature) button");
        (await author.Page.Locator("#confirm").CountAsync()).ShouldBe(0, "the author does not confirm");
        await author.Picture("incident-proposed");

        await author.Follow("section form button");
        (await author.Page.Locator("#proposal").CountAsync()).ShouldBe(0, "taken back");
        await author.Page.Locator("#nature").FillAsync("On 3 March a list of days was copied by a stranger.");
        await author.Page.Locator("#consequences").FillAsync("A stranger may know on which days you drove.");
        await author.Page.Locator("#measures").FillAsync("We have closed the gap. You need do nothing.");
        await author.Page.Locator("#contact").FillAsync("Data protection officer, privacy@city.example");
        await author.Follow("form:has(#nature) button");

        var second = await Visit(new VisitorSettings(HasScript: false), city);
        await second.SignIn("administrator-2", Path);
        await second.Follow("#confirm");
        (await second.Page.Locator(".notice.good").CountAsync()).ShouldBe(1);
        (await second.Main()).ShouldContain("copied by a stranger");

        var person = await Visit(other: city);
        await person.SignIn("participant-3", $"{subject.Path}/timeline");
        (await person.Main()).ShouldContain("A stranger may know on which days you drove.");
    }
}
