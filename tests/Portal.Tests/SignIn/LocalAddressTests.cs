using System.Net;
using Scoring.Hosting;

namespace Scoring.SignIn;

/// <summary>No page leads away from the portal.</summary>
public sealed class LocalAddressTests(SharedPortal portal) : PortalTest(portal)
{
    public static TheoryData<string> Foreign =>
    [
        "//evil.example", "https://evil.example", "/\\evil.example", "\\\\evil.example", "javascript:alert(1)", "evil.example", "",
        "/\t/evil.example",
        "/\r\n/evil.example", "http:/evil.example", "///evil.example", "/\u202Egnp.exe", "/a b", "/" + new string('a', 4096),
    ];

    [Theory, MemberData(nameof(Foreign))]
    public void A_foreign_address_becomes_an_own_one(string address) => LocalAddress.Or(address, "/own").ShouldBe("/own");

    [Theory]
    [InlineData("/my")]
    [InlineData("/my/safe-driver/0?outcome=joined#top")]
    [InlineData("/")]
    [InlineData("/a//b")]
    public void An_own_address_stays(string address) => LocalAddress.Or(address, "/own").ShouldBe(address);

    [Theory]
    [InlineData("//evil.example")]
    [InlineData("https://evil.example")]
    [InlineData("/\\evil.example")]
    public async Task Neither_a_sign_in_nor_a_switch_of_language_leads_away(string address)
    {
        var visit = VisitByHttp();
        (await visit.SignIn(returnTo: address)).ShouldBe("/");
        var answer = await visit.Open("/language/en?returnTo=" + Uri.EscapeDataString(address));
        answer.Status.ShouldBe(HttpStatusCode.Redirect);
        answer.Location!.OriginalString.ShouldBe("/");
    }
}
