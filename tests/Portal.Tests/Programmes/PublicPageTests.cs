using System.Net;
using Scoring.Hosting;

namespace Scoring.Programmes;

/// <summary>The pages that everyone can see.</summary>
public sealed class PublicPageTests(SharedPortal portal) : PortalTest(portal)
{
    [Theory]
    [InlineData("/programmes", "/programmes/safe-driver")]
    [InlineData("/programmes/safe-driver", "/programmes/safe-driver/join")]
    [InlineData("/programmes/safe-driver/rules", "id=\"fade-red-lights\"")]
    [InlineData("/programmes/safe-driver/rules?version=1", "id=\"rule-vehicle-check\"")]
    [InlineData("/programmes/safe-driver/assessment", "class=\"risks\"")]
    [InlineData("/programmes/safe-driver/record", "A version was published")]
    [InlineData("/programmes/safe-driver/record?after=1000000", "There is nothing more.")]
    [InlineData("/programmes/safe-driver/statistics", "?month=20")]
    [InlineData("/programmes/safe-driver/statistics?month=1999-01", "There are no statistics for this month")]
    [InlineData("/programmes/safe-driver/statistics?month=0001-01", "There are no statistics for this month")]
    [InlineData("/checkpoints", "./run verify checkpoints")]
    [InlineData("/checkpoints?from=2&to=1", "The second number must be greater")]
    [InlineData("/checkpoints?from=1&to=99999999", "There is no such checkpoint.")]
    public async Task A_page_needs_no_sign_in(string path, string part)
    {
        using var http = new HttpClient();
        var html = await http.GetStringAsync(new Uri(Portal.Address, path));
        html.ShouldContain(part);
        html.ShouldNotContain("style=");
    }

    [Theory]
    [InlineData("/programmes/no-programme")]
    [InlineData("/programmes/no-programme/rules")]
    [InlineData("/programmes/no-programme/assessment")]
    [InlineData("/programmes/no-programme/record")]
    [InlineData("/programmes/no-programme/statistics")]
    [InlineData("/programmes/safe-driver/rules?version=99")]
    [InlineData("/programmes/safe-driver/rules?version=x")]
    [InlineData("/programmes/safe-driver/statistics?month=x")]
    [InlineData("/programmes/safe-driver/statistics?month=9999-12")]
    public async Task What_is_not_published_is_a_page_that_does_not_exist(string path)
    {
        using var http = new HttpClient();
        using var answer = await http.GetAsync(new Uri(Portal.Address, path));
        answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await answer.Content.ReadAsStringAsync()).ShouldContain("<h1>There is no such page</h1>");
    }
}
