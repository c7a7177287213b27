using Scoring.Checkpoints;
using Scoring.Hosting;

namespace Scoring.Audit;

/// <summary>What needs checkpoints: a draw, and the chain.</summary>
public sealed class DrawTests(SharedPortal portal) : PortalTest(portal)
{
    [Fact]
    public async Task A_draw_is_explained_and_leads_to_a_history_without_a_list_of_people()
    {
        await using var city = await Portal.StartWithCheckpoints();
        var subject = await city.Enrol("participant-2");
        await city.Send(subject, "traffic.vehicle-check", ("result", "pass"));
        var visitor = await Visit(other: city);
        var name = await visitor.OpenCase("accuracy");
        await visitor.Open($"/audit/draws?case={name}");
        await visitor.Page.Locator("#count").FillAsync("1");
        await visitor.Follow("form.page button[type=submit]");
        var address = visitor.Page.Url;
        for (var tries = 0; tries < 60 && await visitor.Page.Locator("table").CountAsync() == 0; tries++)
        {
            await Task.Delay(500);
            await visitor.Page.GotoAsync(address);
        }
        // The only person of the programme is the one that is drawn, and the portal comes to the same place by the rule.
        (await visitor.Page.Locator("td.gain").AllInnerTextsAsync()).ShouldBe(["Yes"]);
        (await visitor.Page.Locator("td.loss").CountAsync()).ShouldBe(0);
        (await subject.Looks()).ShouldBeEmpty("a draw is no look");
        await visitor.Picture("draw");

        await visitor.Follow("main .card form button");
        (await visitor.Main()).ShouldContain("Turn 1");
        (await subject.Looks()).ShouldHaveSingleItem().Purpose.ShouldBe("accuracy");

        await ShowChain(visitor, city);
    }

    private static async Task ShowChain(Visitor visitor, SharedPortal city)
    {
        await visitor.Open("/audit/checkpoints?from=1&to=3");
        (await visitor.Page.Locator("#consistency ~ .notice.good h3").InnerTextAsync())
            .ShouldBe("Checkpoint 3 contains everything that checkpoint 1 does");
        (await visitor.Page.Locator("tbody tr").CountAsync()).ShouldBeGreaterThan(2);
        await visitor.Picture("chain");
        await visitor.Follow("a[rel=next], a[href='/audit/guide']");
        await visitor.Open("/audit/checkpoints?from=3&to=1");
        (await visitor.Page.Locator(".notice.error").First.InnerTextAsync()).ShouldContain("greater");

        await CheckProof(city);
    }

    private static async Task CheckProof(SharedPortal city)
    {
        var calls = city.Session.Api.Checkpoints;
        var note = await calls.Find(3);
        var earlier = NoteText.Read(note)!;
        var later = NoteText.Read(await calls.Find(6))!;
        var proof = await calls.ReadConsistency(3, 6);
        ChainProof.Holds(earlier, later, proof).ShouldBeTrue();
        ChainProof.Holds(later, earlier, proof).ShouldBeFalse();
        ChainProof.Holds(earlier, later, proof with { Proof = [.. proof.Proof.Reverse()] }).ShouldBeFalse("another order");
        ChainProof.Holds(earlier, later, proof with { Proof = [.. proof.Proof.Skip(1)] }).ShouldBeFalse("a node is missing");
        ChainProof.Holds(earlier, NoteText.Read(await calls.Find(5))!, proof).ShouldBeFalse("another checkpoint");
        ChainProof.Holds(earlier, later, proof with { Partitions = [] }).ShouldBeFalse("a log without a proof");
        var forged = NoteText.Read(note.Replace(earlier.Root, later.Root, StringComparison.Ordinal))!;
        ChainProof.Holds(forged, later, proof).ShouldBeFalse("another root of the earlier one");
    }
}
