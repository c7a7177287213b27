using System.Net;
using Microsoft.AspNetCore.WebUtilities;

namespace Scoring.Hosting;

/// <summary>Behind a proxy, the settings say where the portal is, and no header of a request does.</summary>
public sealed class OriginTests(SharedPortal portal) : PortalTest(portal)
{
    [Theory]
    [InlineData("Host", "evil.example")]
    [InlineData("X-Forwarded-Host", "evil.example")]
    [InlineData("Forwarded", "host=evil.example;proto=https")]
    public async Task A_foreign_host_leads_nowhere_else(string header, string value)
    {
        await using var own = await TestPortal.Start(new PortalOptions
        {
            Api = [Portal.Session.Standalone.Address], Origin = new Uri("https://portal.example"),
            SignIn = new SignInOptions { Authority = Portal.Issuer, RequireHttps = false },
        });
        using var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false });
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(own.Address, "/sign-in?returnTo=%2Fmy"));
        request.Headers.TryAddWithoutValidation(header, value).ShouldBeTrue();
        using var answer = await http.SendAsync(request);

        answer.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        QueryHelpers.ParseQuery(answer.Headers.Location!.Query)["redirect_uri"].ToString()
            .ShouldBe("https://portal.example/signin-oidc");
        // Under https, every cookie is for https alone.
        var cookies = answer.Headers.GetValues("Set-Cookie").ToArray();
        cookies.ShouldNotBeEmpty();
        cookies.ShouldAllBe(cookie => cookie.Contains("; secure", StringComparison.OrdinalIgnoreCase));
    }
}
