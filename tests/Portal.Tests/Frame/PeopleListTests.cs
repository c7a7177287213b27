using System.Net;
using System.Text.RegularExpressions;
using Scoring.Hosting;
using Scoring.Testing;

namespace Scoring.Frame;

/// <summary>A page that lists people does not exist, for any role.</summary>
public sealed partial class PeopleListTests(SharedPortal portal) : PortalTest(portal)
{
    private static readonly string[] Parameters = ["Programme", "Ordinal:int", "Case", "Id"];

    private static readonly string[] Registers = ["/admin/event-types/", "/admin/sources/", "/admin/services/"];

    /// <summary>
    /// The case is the random name of a contest, which pages of its own subject take, and the page on which an administrator judges it. The
    /// id is the name of a registration.
    /// </summary>
    [Fact]
    public void No_address_names_a_person()
    {
        foreach (var page in ListedPage.All)
        {
            Parameter().Matches(page.Route).Select(match => match.Groups[1].Value).ShouldBeSubsetOf(Parameters);
            if (page.Route.Contains("{Case}", StringComparison.Ordinal))
                (page.IsOfSubject || page.Route == "/admin/contests/{Case}").ShouldBeTrue(page.Route);
            if (page.Route.Contains("{Id}", StringComparison.Ordinal))
                Registers.ShouldContain(page.Route.Replace("{Id}", "", StringComparison.Ordinal));
        }
    }

    [Theory]
    [InlineData(null)]
    [InlineData("participant-3")]
    [InlineData("administrator-1")]
    [InlineData("administrator-4")]
    [InlineData("auditor")]
    public async Task No_page_shows_anything_of_another_persons_subject(string? person)
    {
        var sample = await Portal.Sample;
        var visit = VisitByHttp();
        if (person is not null) await visit.SignIn(person, "/");
        string[] traces =
        [
            sample.Path, sample.Contest, .. sample.Subject.Resident.Handles.Select(handle => handle.Token), sample.Subject.Resident.Grant!,
            sample.Subject.Resident.Participant,
        ];
        foreach (var page in ListedPage.All)
        {
            var address = page.Address(sample);
            var answer = await visit.Open(address);
            if (page.IsOfSubject) answer.Status.ShouldBe(StatusOf(person), address);
            var said = answer.Text.Replace(WebUtility.HtmlEncode(address), "", StringComparison.Ordinal)
                .Replace(Uri.EscapeDataString(address), "", StringComparison.Ordinal);
            if (!page.IsOfSubject) traces.Where(said.Contains).Except(CasesOf(page, person, sample)).ShouldBeEmpty(address);
        }
    }

    /// <summary>Administrators know a contest by the random name of its case, and by nothing else.</summary>
    private static string[] CasesOf(ListedPage page, string? person, SampleSubject sample) =>
        (page.Route == "/admin" || page.Route.StartsWith("/admin/contests", StringComparison.Ordinal))
        && person?.StartsWith("administrator-", StringComparison.Ordinal) == true
            ? [sample.Contest]
            : [];

    private static HttpStatusCode StatusOf(string? person) => person switch
    {
        null => HttpStatusCode.Redirect, // to the sign-in
        "participant-3" => HttpStatusCode.NotFound,
        _ => HttpStatusCode.Forbidden,
    };

    [GeneratedRegex(@"\{([^}]+)\}")]
    private static partial Regex Parameter();
}
