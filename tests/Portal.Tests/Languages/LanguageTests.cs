using System.Net;
using Scoring.Hosting;

namespace Scoring.Languages;

/// <summary>A page is in the language that the person chose, else in the one that the browser prefers.</summary>
public sealed class LanguageTests(SharedPortal portal) : PortalTest(portal)
{
    [Theory]
    [InlineData(null, "en")]
    [InlineData("", "en")]
    [InlineData("de", "en")]
    [InlineData("en-GB,en;q=0.8", "en")]
    [InlineData("zh", "zh-Hans")]
    [InlineData("zh-CN,zh;q=0.9,en;q=0.8", "zh-Hans")]
    [InlineData("zh-Hans-CN", "zh-Hans")]
    [InlineData("en;q=0.2, zh;q=0.9", "zh-Hans")]
    [InlineData("de, zh;q=0.1", "zh-Hans")]
    [InlineData("zh;q=0, en", "en")]
    [InlineData("*", "en")]
    [InlineData("<script>", "en")]
    public async Task The_language_is_what_the_browser_prefers(string? preference, string language)
    {
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        using var request = new HttpRequestMessage(HttpMethod.Get, Portal.Address);
        if (preference is not null) request.Headers.TryAddWithoutValidation("Accept-Language", preference);
        using var answer = await http.SendAsync(request);
        (await answer.Content.ReadAsStringAsync()).ShouldContain($"<html lang=\"{language}\">");
    }

    [Fact]
    public async Task A_choice_counts_more_than_the_preference_and_leads_back()
    {
        var visitor = await Visit(new VisitorSettings("zh-CN"));
        await visitor.Open("/privacy?from=here");
        await Language("zh-Hans");
        await visitor.Follow("footer a[hreflang=en]");
        new Uri(visitor.Page.Url).PathAndQuery.ShouldBe("/privacy?from=here");
        await Language("en");
        await visitor.Open("/");
        await Language("en");
        await visitor.Follow("footer a[hreflang=zh-Hans]");
        await Language("zh-Hans");

        async Task Language(string tag) => (await visitor.Page.Locator("html").GetAttributeAsync("lang")).ShouldBe(tag);
    }

    [Fact]
    public async Task A_language_that_does_not_exist_cannot_be_chosen()
    {
        var answer = await VisitByHttp().Open("/language/xx?returnTo=%2F");
        answer.Status.ShouldBe(HttpStatusCode.NotFound);
        answer.Headers.ContainsKey("Set-Cookie").ShouldBeFalse();
    }
}
