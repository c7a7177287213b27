using Microsoft.Extensions.Time.Testing;
using Scoring.Events;
using Scoring.Hosting;
using Scoring.Ledger;

namespace Scoring.Programmes;

public sealed class CatalogueTests
{
    private static readonly EventType Parking = new(
        "traffic.parking", EventFamily.Traffic, EventOrigin.Automatic, Context.Mobility, "Parked.", []);

    [Fact]
    public async Task An_unknown_name_is_refused_by_a_catalogue_that_was_read_after_it_came()
    {
        await using var gateway = await TestGateway.Start();
        (await gateway.PostEvents(Some.Event())).Status.ShouldBe(202);
        (await gateway.PostEvents(Event("traffic.parking"))).Status.ShouldBe(400);
        // Registered within the pause after a read because of an unknown name.
        gateway.City.Catalogue = gateway.City.Catalogue with
        {
            EventTypes = [.. gateway.City.Catalogue.EventTypes, Parking],
            Programmes = [.. gateway.City.Catalogue.Programmes.Select(Takes)],
        };
        (await gateway.PostEvents(Event("traffic.parking"))).Status.ShouldBe(202);
        var reads = gateway.City.CatalogueReads;
        (await gateway.PostEvents(Event("traffic.parking"))).Status.ShouldBe(202);
        gateway.City.CatalogueReads.ShouldBe(reads);
    }

    [Fact]
    public async Task Unknown_names_share_a_read_of_the_catalogue()
    {
        var time = new FakeTimeProvider();
        await using var gateway = await TestGateway.Start(time);
        (await gateway.PostEvents(Event("traffic.unknown"))).Status.ShouldBe(400);
        var reads = gateway.City.CatalogueReads;
        var refused = Enumerable.Range(0, 20).Select(_ => gateway.PostEvents(Event("traffic.unknown"))).ToArray();
        gateway.City.CatalogueReads.ShouldBe(reads, "the pause is not over");
        var all = Task.WhenAll(refused);
        await Until(async () =>
        {
            time.Advance(TimeSpan.FromSeconds(0.3));
            await gateway.Get("/health/live");
            return all.IsCompleted;
        });
        (await all).ShouldAllBe(answer => answer.Status == 400);
        gateway.City.CatalogueReads.ShouldBeInRange(reads + 1, reads + 5);
    }

    [Fact]
    public async Task When_the_newest_catalogue_cannot_be_read_an_unknown_name_is_not_refused_for_good()
    {
        await using var gateway = await TestGateway.Start();
        (await gateway.PostEvents(Some.Event())).Status.ShouldBe(202);
        gateway.City.OnCatalogue = () => throw new LedgerUnavailableException();
        var answer = await gateway.PostEvents(Event("traffic.parking"));
        (answer.Status, answer.Problem).ShouldBe((503, "unavailable"));
        (await gateway.PostEvents(Some.Event())).Status.ShouldBe(202);
    }

    [Fact]
    public async Task The_catalogue_is_refreshed_in_the_background_and_its_age_decides_readiness()
    {
        var time = new FakeTimeProvider();
        await using var gateway = await TestGateway.Start(time);
        await Until(async () => (await gateway.Get("/health/ready")).Status == 200);
        var reads = gateway.City.CatalogueReads;
        await Until(async () =>
        {
            time.Advance(TimeSpan.FromSeconds(10));
            await gateway.Get("/health/live");
            return gateway.City.CatalogueReads > reads;
        });

        gateway.City.OnCatalogue = () => throw new TimeoutException();
        await Until(async () =>
        {
            time.Advance(TimeSpan.FromSeconds(10));
            return (await gateway.Get("/health/ready")).Status == 503;
        });
        (await gateway.Get("/health/ready")).Problem.ShouldBe("unavailable");
        (await gateway.Get("/health/live")).Status.ShouldBe(200);
    }

    [Fact]
    public async Task Before_the_first_catalogue_events_are_unavailable()
    {
        var time = new FakeTimeProvider();
        await using var gateway = await TestGateway.Start(time, city => city.OnCatalogue = () => throw new TimeoutException());
        var answer = await gateway.PostEvents(Some.Event());
        (answer.Status, answer.Problem).ShouldBe((503, "unavailable"));
    }

    [Fact]
    public async Task A_stopped_event_type_is_refused_like_an_unknown_one()
    {
        await using var gateway = await TestGateway.Start();
        var unknown = await gateway.PostEvents(Event("traffic.unknown"));
        gateway.City.Catalogue = gateway.City.Catalogue with
        {
            EventTypes = [Parking with { Stopped = true }], Programmes = [.. gateway.City.Catalogue.Programmes.Select(Takes)],
        };
        await using var stopped = await TestGateway.Start(TimeProvider.System, city => city.Catalogue = gateway.City.Catalogue);
        (await stopped.PostEvents(Event("traffic.parking"))).Text.ShouldBe(unknown.Text);
        stopped.City.Catalogue = stopped.City.Catalogue with { EventTypes = [Parking] };
        await using var resumed = await TestGateway.Start(TimeProvider.System, city => city.Catalogue = stopped.City.Catalogue);
        (await resumed.PostEvents(Event("traffic.parking"))).Status.ShouldBe(202);
    }

    [Fact]
    public async Task A_stopped_source_is_not_registered()
    {
        await using var gateway = await TestGateway.Start(TimeProvider.System, city => city.Catalogue = city.Catalogue with
        {
            Sources = [.. city.Catalogue.Sources.Select(source => source with { Stopped = true })],
        });
        var answer = await gateway.PostEvents(Some.Event());
        (answer.Status, answer.Problem).ShouldBe((403, "source-not-registered"));
        gateway.City.Appends.ShouldBe(0);
    }

    [Fact]
    public async Task An_ended_programme_refuses_events_like_an_unknown_one()
    {
        await using var gateway = await TestGateway.Start(TimeProvider.System, city => city.Catalogue = city.Catalogue with
        {
            Programmes = [.. city.Catalogue.Programmes.Select(published => published with { Ended = true })],
        });
        var ended = await gateway.PostEvents(Some.Event());
        var unknown = await gateway.PostEvents(Some.Event().Replace("safe-driver", "who-knows", StringComparison.Ordinal));
        (ended.Status, ended.Text).ShouldBe((400, unknown.Text));
    }

    private static PublishedProgramme Takes(PublishedProgramme published) =>
        published with { Programme = published.Programme with { EventTypes = [.. published.Programme.EventTypes, Parking.Name] } };

    private static string Event(string type) =>
        Some.Event().Replace("traffic.speeding", type, StringComparison.Ordinal)
            .Replace(",\"overLimitKmh\":12", "", StringComparison.Ordinal);

    /// <summary>Polls the gateway until a condition holds, for at most 30 seconds; each poll is a request.</summary>
    private static async Task Until(Func<Task<bool>> condition)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (!await condition()) limit.Token.ThrowIfCancellationRequested();
    }
}
