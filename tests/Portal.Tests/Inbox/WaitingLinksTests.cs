namespace Scoring.Inbox;

public sealed class WaitingLinksTests
{
    public static TheoryData<Client.InboxItem, string> Items => new()
    {
        { Item(Client.InboxKind.Draft), "/admin/programmes/safe-driver/approval" },
        { Item(Client.InboxKind.Suspension), "/admin/programmes/safe-driver/suspension" },
        { Item(Client.InboxKind.Ending), "/admin/programmes/safe-driver/end" },
        { Item(Client.InboxKind.Incident), "/admin/programmes/safe-driver/incidents" },
        { Item(Client.InboxKind.SetAside), "/admin/set-aside" },
        { Item(Client.InboxKind.Assessment), "/admin/programmes/safe-driver" },
        { Item(Client.InboxKind.Contest) with { Case = "iDUMeIQuCykzbTVPAN0o9g" }, "/admin/contests/iDUMeIQuCykzbTVPAN0o9g" },
        { Item(Client.InboxKind.Proposal) with { Registration = Client.RegistrationKind.Source }, "/admin/sources/dXJuOmE6Yg" },
        { Item(Client.InboxKind.Expiry) with { Registration = Client.RegistrationKind.Service }, "/admin/services/new?of=urn%3Aa%3Ab" },
    };

    [Theory, MemberData(nameof(Items))]
    public void What_waits_leads_to_the_page_where_it_is_done(Client.InboxItem item, string address) =>
        WaitingLinks.Of(item).ShouldBe(address);

    private static Client.InboxItem Item(Client.InboxKind kind) => new(kind, Client.InboxTask.Approve, "safe-driver", "urn:a:b");
}
