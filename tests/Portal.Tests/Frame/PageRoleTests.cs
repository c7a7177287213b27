using System.Net;
using Scoring.Hosting;
using Scoring.Testing;

namespace Scoring.Frame;

/// <summary>Which role sees which page, and who is refused who asks by hand. Each page and role is a case of its own.</summary>
public sealed class PageRoleTests(SharedPortal portal, RoleVisits visits) : PortalTest(portal), IClassFixture<RoleVisits>
{
    public static TheoryData<string, string> PagesAndRoles
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (var page in ListedPage.All)
                foreach (var role in RoleVisits.Roles) data.Add(page.Name, role);
            return data;
        }
    }

    [Theory, MemberData(nameof(PagesAndRoles))]
    public async Task A_page_and_its_forms_are_for_their_role_alone(string name, string role)
    {
        var page = ListedPage.All.Single(page => page.Name == name);
        var visit = await visits.Of(role);
        var address = page.Address(await Portal.Sample);
        (await visit.Open(address)).Status.ShouldBe(page.Role switch
        {
            null => HttpStatusCode.OK,
            _ when role == RoleVisits.NoRole => HttpStatusCode.Redirect, // to the sign-in
            var expected => expected == role ? HttpStatusCode.OK : HttpStatusCode.Forbidden,
        });
        if (page.Role is null || page.Role == role) return;
        // The form has the token of its session, so the role alone refuses it.
        var token = role == RoleVisits.NoRole ? "" : (await visit.Open("/")).Field("__form");
        var sent = await visit.Send(address, Portal.Address.OriginalString, ("_handler", "any"), ("__form", token));
        sent.Status.ShouldBe(role == RoleVisits.NoRole ? HttpStatusCode.Unauthorized : HttpStatusCode.Forbidden);
    }

    [Theory]
    [InlineData(RoleVisits.NoRole)]
    [InlineData("participant", "/my")]
    [InlineData("administrator", "/admin")]
    [InlineData("auditor", "/audit")]
    public async Task The_header_leads_to_the_pages_of_ones_role_alone(string role, params string[] shown)
    {
        var text = (await (await visits.Of(role)).Open("/")).Text;
        foreach (var address in new[] { "/my", "/admin", "/audit" })
            text.Contains($"href=\"{address}\"", StringComparison.Ordinal).ShouldBe(shown.Contains(address), address);
        if (role != RoleVisits.NoRole) (await (await visits.Of(role)).Open("/start")).Location!.OriginalString.ShouldBe(shown[0]);
    }
}

/// <summary>A visit of each role, which has signed in once.</summary>
public sealed class RoleVisits(SharedPortal portal) : IDisposable
{
    public const string NoRole = "none";

    private readonly Dictionary<string, HttpVisit> _visits = [];

    public static IReadOnlyList<string> Roles { get; } = [NoRole, "participant", "administrator", "auditor"];

    internal async Task<HttpVisit> Of(string role)
    {
        if (_visits.TryGetValue(role, out var visit)) return visit;
        visit = _visits[role] = new HttpVisit(portal);
        if (role != NoRole) await visit.SignIn(role == "administrator" ? "administrator-4" : role, "/");
        return visit;
    }

    public void Dispose()
    {
        foreach (var visit in _visits.Values) visit.Dispose();
    }
}
