using Scoring.Hosting;

namespace Scoring.SignIn;

/// <summary>Signing in and out in a browser.</summary>
public sealed class SignInTests(SharedPortal portal) : PortalTest(portal)
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_person_signs_in_and_out(bool hasScript)
    {
        var visitor = await Visit(new VisitorSettings(HasScript: hasScript));
        await visitor.Open("/");
        await visitor.Follow("header a[href^='/sign-in']");
        await visitor.Choose("participant-3");
        visitor.Path.ShouldBe("/my");
        (await visitor.Page.Locator("header .who").InnerTextAsync()).ShouldBe("Cleo Specimen");

        await visitor.Follow("header form button");

        visitor.Path.ShouldBe("/signed-out");
        (await visitor.Page.Locator("header .who").CountAsync()).ShouldBe(0);
        // The session at the issuer has ended too: it asks again who it is.
        await visitor.Follow("header a[href^='/sign-in']");
        await visitor.Page.Locator("button[name=person]").First.WaitForAsync();
    }
}
