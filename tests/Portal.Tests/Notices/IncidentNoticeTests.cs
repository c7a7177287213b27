using Scoring.Client;
using Scoring.Hosting;
using Told = Scoring.Client.IncidentNotice;

namespace Scoring.Notices;

/// <summary>A person reads about an incident in the timeline, and everyone in the public record.</summary>
public sealed class IncidentNoticeTests(SharedPortal portal) : PortalTest(portal)
{
    private const string Programme = "clean-kitchen";

    [Theory]
    [InlineData("en", "There was an incident with personal data of this programme.", "All participants were told about an incident")]
    [InlineData("zh-CN", "本计划发生了一起涉及个人数据的事故。", "已将一起事故告知所有参与者")]
    public async Task An_incident_is_told_as_text_in_the_words_of_the_city(string language, string sentence, string act)
    {
        var told = new Told(
            $"A list was lost ({language}). <b>harmed</b>", "Data protection office, dpo@example.org", "You may get calls.",
            "The list was blocked. Link your handles again.");
        var subject = await Portal.Enrol("participant-2", Programme);
        var proposal = await Portal.Administrator(1).Incidents.Propose(Programme, told);
        await Portal.Administrator(2).Incidents.Confirm(Programme, new ApprovalRequest(proposal.Hash));

        var visitor = await Visit(new VisitorSettings(Language: language));
        await visitor.SignIn("participant-2", subject.Path + "/timeline");
        var item = visitor.Page.Locator(".timeline > li", new() { HasText = $"({language})" });
        (await item.Locator("p").Nth(1).InnerTextAsync()).ShouldBe(sentence);
        await IsTold(item, told);
        (await item.Locator("details").CountAsync()).ShouldBe(0, "the texts are shown once");
        await visitor.Picture("incident");

        await visitor.Open($"/programmes/{Programme}/record");
        item = visitor.Page.Locator(".timeline > li", new() { HasText = $"({language})" });
        (await item.Locator("strong").InnerTextAsync()).ShouldBe(act);
        await IsTold(item, told);
    }

    /// <summary>Every text is shown as it was written, and is marked with the language of the city's documents.</summary>
    private static async Task IsTold(ILocator item, Told told)
    {
        var texts = item.Locator("[data-incident] dd[lang=en]");
        (await texts.AllInnerTextsAsync()).ShouldBe([told.Nature, told.Consequences, told.Measures, told.Contact]);
        (await item.Locator("[data-incident] dt").CountAsync()).ShouldBe(4);
        (await item.Locator("b").CountAsync()).ShouldBe(0);
    }
}
