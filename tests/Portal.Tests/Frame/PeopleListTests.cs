using System.Net;
using System.Text.RegularExpressions;
using Scoring.Hosting;
using Scoring.Testing;

namespace Scoring.Frame;

/// <summary>A page that lists people does not exist, for any role.</summary>
public sealed partial class PeopleListTests(SharedPortal portal) : PortalTest(portal)
{
    private static readonly string[] Parameters = ["Programme", "Ordinal:int", "Case"];

    /// <summary>The case is the random name of a contest, which only pages of its own subject take.</summary>
    [Fact]
    public void No_address_names_a_person()
    {
        foreach (var page in ListedPage.All)
        {
            Parameter().Matches(page.Route).Select(match => match.Groups[1].Value).ShouldBeSubsetOf(Parameters);
            if (page.Route.Contains("{Case}", StringComparison.Ordinal)) page.IsOfSubject.ShouldBeTrue(page.Route);
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
            if (!page.IsOfSubject) traces.Where(said.Contains).ShouldBeEmpty(address);
        }
    }

    private static HttpStatusCode StatusOf(string? person) => person switch
    {
        null => HttpStatusCode.Redirect, // to the sign-in
        "participant-3" => HttpStatusCode.NotFound,
        _ => HttpStatusCode.Forbidden,
    };

    [GeneratedRegex(@"\{([^}]+)\}")]
    private static partial Regex Parameter();
}
