using System.Net;
using Scoring.City.People;
using Scoring.Client;
using Scoring.Hosting;
using Scoring.Testing;

namespace Scoring.Linking;

/// <summary>What a person reads when a source, or the platform, links nothing.</summary>
public sealed class LinkOutcomeTests(SharedPortal portal) : PortalTest(portal)
{
    private const string Person = "participant-2";
    private const string Programme = ProgrammeNames.SafeDriver;
    private const string Source = "https://traffic.city.example";
    private const int HandlesMax = 16;

    [Fact]
    public async Task A_source_that_cannot_link_now_leads_back_to_joining()
    {
        var visit = await SignedIn();

        var page = await Answered(visit, null, ("error", "temporarily_unavailable"));

        page.ShouldContain("The source cannot link anything now. Try again later.");
        page.ShouldContain("<h1>What you link</h1>");
    }

    [Theory]
    [InlineData("a proof for another person")]
    [InlineData("a proof that no source has signed")]
    public async Task A_refused_proof_links_nothing(string fault)
    {
        var subject = await Portal.Enrol(Person);
        var visit = await SignedIn();
        var before = (await subject.Calls.ListHandles()).Count;
        var proof = fault.EndsWith("person", StringComparison.Ordinal) ? Proof("another-persons-handle", "another-participant") : "a.b.c";

        var page = await Answered(visit, subject, ("proof", proof));

        page.ShouldContain("The source's proof was not accepted, so nothing was linked. Try again.");
        (await subject.Calls.ListHandles()).Count.ShouldBe(before);
        await subject.Calls.Withdraw();
    }

    [Fact]
    public async Task A_person_with_as_many_handles_as_there_may_be_is_told_so()
    {
        var subject = await Portal.Enrol(Person);
        var visit = await SignedIn();
        for (var handle = (await subject.Calls.ListHandles()).Count; handle < HandlesMax; handle++)
            await subject.Calls.LinkHandles(new HandleLinkRequest([Proof($"link-outcome-handle-{handle}", Portal.ParticipantOf(Person))]));

        var page = await Answered(visit, subject, ("proof", Proof("link-outcome-one-too-many", Portal.ParticipantOf(Person))));

        page.ShouldContain("You have linked as much as there may be. Unlink something first.");
        (await subject.Calls.ListHandles()).Count.ShouldBe(HandlesMax);
        await subject.Calls.Withdraw();
    }

    private async Task<HttpVisit> SignedIn()
    {
        var visit = VisitByHttp();
        await visit.SignIn(Person);
        return visit;
    }

    /// <summary>
    /// Goes to the source, for a subject or for one that is about to be enrolled. Returns the page that its answer leads to.
    /// </summary>
    private async Task<string> Answered(HttpVisit visit, EnrolledSubject? subject, (string Name, string Value) answer)
    {
        var start = LinkVisitRoutes.PathTo(Programme, subject?.Resident.Ordinal, Source);
        var led = await visit.AnswerLink(Portal.Issuer, ("state", await visit.BeginLink(start)), answer);
        var page = await visit.Open(led.Location!.OriginalString);
        page.Status.ShouldBe(HttpStatusCode.OK);
        return WebUtility.HtmlDecode(page.Text);
    }

    private string Proof(string handle, string participant) =>
        Portal.Session.Credentials.HandleProof(Source, handle, Programme, participant);
}
