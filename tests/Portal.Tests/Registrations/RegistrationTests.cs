using System.Net;
using System.Security.Cryptography;
using Scoring.Client;
using Scoring.Hosting;

namespace Scoring.Registrations;

/// <summary>What one administrator proposes and another approves, through the pages.</summary>
public sealed class RegistrationTests(SharedPortal portal) : PortalTest(portal)
{
    private const string Proposer = "administrator-1";
    private const string Approver = "administrator-2";
    private const string Propose = "main form button[value=propose]:not([aria-hidden])";

    [Theory]
    [InlineData(true, "surveillance.bike-rack")]
    [InlineData(false, "surveillance.bike-shed")]
    public async Task An_event_type_is_written_row_by_row_and_approved_by_another(bool hasScript, string name)
    {
        var author = await Visit(new VisitorSettings(HasScript: hasScript));
        await author.SignIn(Proposer, "/admin/event-types/new");
        await Choose(author, ("family", "traffic"), ("origin", "attested"), ("context", "mobility"));
        await Fill(author, ("name", name));
        await author.Follow("button[value=add]");
        await author.Follow("button[value=add]");
        await Choose(author, ("attributes-1-kind", "integer"));
        await Fill(
            author, ("attributes-0-name", "Not camelCase"), ("attributes-1-name", "bicycles"), ("attributes-1-min", "ten"));
        await author.Follow(Propose);

        // Everything that is wrong is at its field, and what was typed is still there.
        (await Faulty(author)).ShouldBe(
        [
            "attributes-0-description", "attributes-0-kind", "attributes-0-name", "attributes-1-description", "attributes-1-max",
            "attributes-1-min", "attributes-1-unit", "description", "family",
        ]);
        (await author.Page.Locator("#attributes-1-min").InputValueAsync()).ShouldBe("ten");
        await author.Picture($"registration-faults-{hasScript}");

        await author.Follow("button[value=remove-0]");
        await Choose(author, ("family", "surveillance"));
        await Fill(
            author, ("description", "A count of bicycles that an officer made."), ("attributes-0-unit", "bicycles"),
            ("attributes-0-description", "How many bicycles there were."), ("attributes-0-min", "0"), ("attributes-0-max", "500"));
        await author.Follow(Propose);
        author.Path.ShouldBe($"/admin/event-types/{name}");
        (await author.Page.Locator(".notice.good").CountAsync()).ShouldBe(1);
        (await author.Page.Locator("#approve").CountAsync()).ShouldBe(0, "the author does not approve");

        await Approve(author.Path);
        (await Find(RegistrationKind.EventType, name)).Status.ShouldBe(RegistrationStatus.Registered);
    }

    [Fact]
    public async Task A_key_of_a_source_is_replaced_by_a_further_one_and_then_ends()
    {
        const string Source = "https://bicycles.city.example";
        var author = await Visit();
        await author.SignIn(Proposer, "/admin/sources/new");
        await Choose(author, ("family", "surveillance"));
        await Fill(
            author, ("id", Source), ("name", "City bicycles"), ("linkUri", "ftp://bicycles.city.example/link"),
            ("keys-0", Key("first", withPrivatePart: true)));
        await author.Follow(Propose);
        (await Faulty(author)).ShouldBe(["keys-0", "linkUri"]);

        await Fill(author, ("linkUri", ""), ("keys-0", Key("first")));
        await author.Follow(Propose);
        var page = author.Path;
        await Approve(page);

        await author.Open(page);
        await author.Page.Locator("#new-key").FillAsync("no key");
        await author.Follow("form:has(#new-key) button");
        (await Faulty(author)).ShouldBe(["new-key"]);
        await author.Page.Locator("#new-key").FillAsync(Key("second"));
        await author.Follow("form:has(#new-key) button");
        (await author.Main()).ShouldContain("New key second.");
        await Approve(page);

        await author.Open(page);
        await author.Page.Locator("input[name=old-key][value=first]").CheckAsync();
        await author.Follow("form:has(input[name=old-key]) button");
        (await author.Main()).ShouldContain("The key first holds no longer.");
        await Approve(page);
        SourceForm.Of((await Find(RegistrationKind.Source, Source)).Document!.Value).Keys.Select(SourceForm.KeyName).ShouldBe(["second"]);
    }

    [Fact]
    public async Task A_service_is_proposed_renewed_and_suspended_by_keyboard_alone()
    {
        const string Service = "bike-desk";
        var author = await Visit();
        await author.SignIn(Proposer, "/admin/services/new");
        await author.Type("#id", Service);
        await author.Press("main form button");
        (await Faulty(author)).ShouldBe(["contact", "lastDay", "legalEntity", "programme", "purpose"]);
        await author.Type("#programme", "Safe");
        await author.Type("#legalEntity", "Bicycle Desk Ltd");
        await author.Type("#purpose", "A discount on bicycle parking.");
        await author.Type("#contact", "desk@bicycles.example");
        var lastDay = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime).AddDays(100);
        await author.Type("#lastDay", $"{lastDay:MMddyyyy}");
        await author.Press("main form button");
        author.Path.ShouldBe($"/admin/services/{Service}");
        await Approve(author.Path, byKeyboard: true);

        await author.Open($"/admin/services/new?of={Service}");
        await author.Page.Locator("#lastDay").FillAsync($"{lastDay.AddDays(100):yyyy-MM-dd}");
        await author.Follow("main form button");
        (await author.Main()).ShouldContain($"It holds until {lastDay.AddDays(100):yyyy-MM-dd}");
        await Approve(author.Path);

        await author.Open($"/admin/services/{Service}");
        await author.Page.Locator("input[name=act][value=suspend]").CheckAsync();
        await author.Follow("form:has(input[name=act]) button");
        await Approve(author.Path);
        (await Find(RegistrationKind.Service, Service)).Status.ShouldBe(RegistrationStatus.Suspended);
    }

    [Fact]
    public async Task An_author_who_approves_by_hand_and_a_proposal_that_has_changed_are_refused()
    {
        const string Path = "/admin/services/market-desk";
        var proposer = Administrator(1);
        await proposer.Propose(RegistrationKind.Service, new RegistrationProposal(RegistrationAction.Suspend, "market-desk"));
        var visit = VisitByHttp();
        await visit.SignIn(Proposer, Path);
        var page = await visit.Open(Path);
        var token = page.Hidden.First(field => field.Key == "__form").Value;
        var proposal = (await Find(RegistrationKind.Service, "market-desk")).Proposal.ShouldNotBeNull();
        var sent = await visit.Send(
            Path, Portal.Address.OriginalString, ("_handler", "approve"), ("__form", token), ("hash", proposal.Hash));
        sent.Status.ShouldBe(HttpStatusCode.BadRequest); // the page has no such form for its author

        // It waits for the other administrator alone.
        (await visit.Open("/admin")).Text.ShouldNotContain(Path);
        (await visit.Open("/admin/services")).Text.ShouldContain("You made this proposal.");
        var approver = await Visit();
        await approver.SignIn(Approver, "/admin");
        await approver.Follow($"main a[href='{Path}']");
        await proposer.Propose(RegistrationKind.Service, new RegistrationProposal(RegistrationAction.End, "market-desk"));
        await approver.Follow("#approve");
        (await approver.Page.Locator(".notice.error a").First.GetAttributeAsync("href")).ShouldBe("#approve");
        (await Find(RegistrationKind.Service, "market-desk")).Status.ShouldBe(RegistrationStatus.Registered);
    }

    private static async Task Fill(Visitor visitor, params (string Field, string Text)[] fields)
    {
        foreach (var (field, text) in fields) await visitor.Page.Locator("#" + field).FillAsync(text);
    }

    private static async Task Choose(Visitor visitor, params (string Field, string Word)[] fields)
    {
        foreach (var (field, word) in fields) await visitor.Page.Locator("#" + field).SelectOptionAsync(word);
    }

    private async Task Approve(string path, bool byKeyboard = false)
    {
        var visitor = await Visit();
        await visitor.SignIn(Approver, path);
        if (byKeyboard) await visitor.Press("#approve");
        else await visitor.Follow("#approve");
        (await visitor.Page.Locator(".notice.good").CountAsync()).ShouldBe(1);
        (await visitor.Page.Locator("#proposal").CountAsync()).ShouldBe(0, "nothing is proposed any more");
        await visitor.Picture("registration-approved");
    }

    private static async Task<string[]> Faulty(Visitor visitor)
    {
        var linked = await visitor.Page.EvaluateAsync<string[]>(
            "() => [...document.querySelectorAll('.notice.error a')].map(link => link.hash.slice(1))");
        foreach (var field in linked) (await visitor.Page.Locator($".field.faulty:has(#{field}) .fault").CountAsync()).ShouldBe(1, field);
        return [.. linked.Distinct().Order(StringComparer.Ordinal)];
    }

    private Task<RegistrationView> Find(RegistrationKind kind, string name) => Administrator(3).Find(kind, name);

    private RegistrationsClient Administrator(int number) =>
        Portal.Session.Api.As(Portal.Session.Standalone.AdministratorToken(number)).Registrations;

    private static string Key(string name, bool withPrivatePart = false)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var parts = key.ExportParameters(includePrivateParameters: true);
        string Text(byte[]? bytes) => System.Buffers.Text.Base64Url.EncodeToString(bytes);
        return $$"""{"kty":"EC","crv":"P-256","kid":"{{name}}","x":"{{Text(parts.Q.X)}}","y":"{{Text(parts.Q.Y)}}"{{
            (withPrivatePart ? $",\"d\":\"{Text(parts.D)}\"" : "")}}}""";
    }
}
