using System.Net;
using Microsoft.AspNetCore.WebUtilities;
using Scoring.Hosting;
using Scoring.Testing;

namespace Scoring.Linking;

/// <summary>Every deviation from the link flow has one refusal, and links nothing.</summary>
public sealed class LinkTests(SharedPortal portal) : PortalTest(portal)
{
    private const string Join = "/programmes/safe-driver/join/link";
    private const string Start = "/link/start?programme=safe-driver&source=https%3A%2F%2Ftraffic.city.example";
    private const string Source = "https://traffic.city.example";

    private static readonly string UnknownState = new('s', 32);

    public static TheoryData<string, string[]> Deviations => new()
    {
        { "nothing", [] },
        { "no state", ["proof=p"] },
        { "an unknown state", [$"state={UnknownState}", "proof=p"] },
        { "a state that is too short", ["state=s", "proof=p"] },
        { "a state with a foreign character", [$"state={UnknownState}%21", "proof=p"] },
        { "two states", ["state={state}", $"state={UnknownState}", "proof=p"] },
        { "neither a proof nor an error", ["state={state}"] },
        { "both a proof and an error", ["state={state}", "proof=p", "error=access_denied"] },
        { "an empty proof", ["state={state}", "proof="] },
        { "two proofs", ["state={state}", "proof=p", "proof=q"] },
        { "an unknown error", ["state={state}", "error=server_error"] },
        { "a proof that is too long", ["state={state}", "proof=" + new string('p', 4097)] },
    };

    [Theory, MemberData(nameof(Deviations))]
    public async Task A_deviation_is_refused_in_one_way(string deviation, string[] fields)
    {
        var visit = VisitByHttp();
        await visit.SignIn();
        var state = await visit.BeginLink(Start);

        var answer = await visit.AnswerLink(Portal.Issuer, [.. fields
            .Select(field => field.Replace("{state}", state, StringComparison.Ordinal).Split('=', 2))
            .Select(field => (field[0], Uri.UnescapeDataString(field[1])))]);

        await Refused(visit, answer, deviation);
    }

    [Fact]
    public async Task An_answer_in_another_persons_browser_is_refused()
    {
        var own = VisitByHttp();
        var foreign = VisitByHttp();
        await own.SignIn();
        await foreign.SignIn("participant-2");
        var state = await own.BeginLink(Start);
        var answer = await foreign.AnswerLink(Portal.Issuer, ("state", state), ("error", "access_denied"));
        await Refused(foreign, answer, "a foreign state");
    }

    [Fact]
    public async Task An_answer_counts_once()
    {
        var visit = VisitByHttp();
        await visit.SignIn();
        var state = await visit.BeginLink(Start);
        var first = await visit.Send(
            LinkUse.Return, Portal.Issuer.GetLeftPart(UriPartial.Authority), ("state", state), ("error", "access_denied"));
        (await visit.Open(first.Location!.OriginalString)).Location!.OriginalString.ShouldBe(Join + "?outcome=access_denied");
        await Refused(visit, await visit.Open(first.Location.OriginalString), "the same page again");
        await Refused(visit, await visit.AnswerLink(Portal.Issuer, ("state", state), ("error", "access_denied")), "the same state again");
    }

    [Fact]
    public async Task An_answer_that_is_no_form_is_refused()
    {
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        using var body = new StringContent("{}", System.Text.Encoding.UTF8, "application/json");
        using var answer = await http.PostAsync(new Uri(Portal.Address, LinkUse.Return), body);
        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Theory]
    [InlineData("/link/start?programme=no-programme&source=https%3A%2F%2Ftraffic.city.example")]
    [InlineData("/link/start?programme=safe-driver&source=https%3A%2F%2Fevil.example")]
    public async Task There_is_no_way_to_a_page_that_no_source_registered(string path)
    {
        var visit = VisitByHttp();
        await visit.SignIn();
        (await visit.Open(path)).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task The_way_to_a_source_has_the_parameters_of_the_flow_and_nothing_more()
    {
        var visit = VisitByHttp();
        await visit.SignIn();
        var led = (await visit.Open(Start)).Location!;
        var query = QueryHelpers.ParseQuery(led.Query);
        led.GetLeftPart(UriPartial.Path).ShouldBe(new Uri(Portal.Issuer, "/link/traffic").AbsoluteUri);
        query.Keys.Order().ShouldBe(["audience", "programme", "return_uri", "state", "subject"]);
        query["return_uri"].ToString().ShouldBe(new Uri(Portal.Address, LinkUse.Return).AbsoluteUri);
        query["subject"].ToString().ShouldBe(RelyingParty.Claims(Portal.TokenOf("participant-3")).GetProperty("sub").GetString());
    }

    private static async Task Refused(HttpVisit visit, BrowserPage answer, string deviation)
    {
        answer.Status.ShouldBe(HttpStatusCode.BadRequest, deviation);
        answer.Text.ShouldContain("<h1>This link is not valid</h1>", Case.Sensitive, deviation);
        answer.Text.ShouldNotContain(Source);
        var join = await visit.Open(Join);
        join.Status.ShouldBe(HttpStatusCode.OK);
        join.Text.ShouldNotContain("class=\"notice good\"");
    }
}
