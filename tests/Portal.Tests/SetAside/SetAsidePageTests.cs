using Scoring.Frame;
using Scoring.Hosting;

namespace Scoring.SetAside;

/// <summary>Entries that no fold could value, on the page of administrators.</summary>
public sealed class SetAsidePageTests(SharedPortal portal) : PortalTest(portal)
{
    [Fact]
    public async Task What_is_set_aside_is_shown_without_persons_and_folded_again()
    {
        var city = await Portal.Hostile;
        await city.Portal.Administer($"""
            INSERT INTO ledger.set_aside (subject, turn, programme, kind, day, event_type, rule_set, fault, rules_hash, fold_version)
            SELECT subject, 1, '{HostileCity.Programme}', {(int)Ledger.EntryKind.Event}, current_date, 'traffic.hostile', 1,
                   'code-unknown', repeat('a', 64), 1
            FROM ledger.enrolment LIMIT 1
            """);
        var visitor = await Visit(other: city.Portal);
        await visitor.SignIn(ListedPage.Independent, "/admin/set-aside");
        var text = await visitor.Main();
        text.ShouldContain("A code is not in the attribute's list");
        text.ShouldContain("fewer than 20");
        await visitor.Picture("set-aside-groups");

        await visitor.Follow("main form button");
        (await visitor.Main()).ShouldContain("The entries are folded again in the background.");
        var record = await city.Portal.Session.Api.Programmes.ReadRecord(HostileCity.Programme, null, 500);
        record.Acts.ShouldContain(act => act.Act == "set-aside-replayed");
    }
}
