using System.IO.Compression;
using System.Net;
using Scoring.Client;
using Scoring.Notices;
using Scoring.Scores;

namespace Scoring.Hosting;

/// <summary>The client for .NET against a real gateway: what one writes, the other reads.</summary>
public sealed class ClientTests
{
    [Fact]
    public async Task Published_programmes_are_read()
    {
        await using var gateway = await TestGateway.Start();
        using var client = Open(gateway, null);
        (await client.Health.IsReady()).Status.ShouldNotBeEmpty();
        var listed = await client.Programmes.List();
        listed.Select(programme => programme.Programme.Id).ShouldBe(["safe-driver", "paused"], ignoreOrder: true);
        var programme = await client.Programmes.Find("safe-driver");
        programme.Services.ShouldHaveSingleItem().LegalEntity.ShouldBe("City Parking");
        programme.EventTypes.ShouldHaveSingleItem().Family.ShouldBe(EventFamily.Traffic);
        (await client.Programmes.FindRuleSet("safe-driver", 1)).Hash.ShouldBe(programme.RuleSetHash);
        (await Should.ThrowAsync<ScoringProblemException>(() => client.Programmes.Find("unknown"))).Kind.ShouldBe(ProblemKinds.NotFound);
    }

    [Fact]
    public async Task Events_are_taken_and_a_wrong_one_is_refused_with_its_place()
    {
        await using var gateway = await TestGateway.Start();
        using var client = Open(gateway, "source");
        await client.Events.Send([Speeding("1", 12), Speeding("2", 13)]);
        await client.Events.Send(Speeding("3", 14));
        var refusal = await Should.ThrowAsync<ScoringProblemException>(() => client.Events.Send([Speeding("4", 12), Speeding("5", 999)]));
        (refusal.Kind, refusal.Status).ShouldBe((ProblemKinds.EventsRefused, HttpStatusCode.BadRequest));
        var error = refusal.Problem.Errors.ShouldNotBeNull().ShouldHaveSingleItem();
        (error.Index, error.Pointer).ShouldBe((1, "/1/data/overLimitKmh"));
    }

    [Fact]
    public async Task A_score_is_queried_with_the_token_of_the_service_alone()
    {
        await using var gateway = await TestGateway.Start();
        gateway.City.OnQuery = (_, _) => Task.FromResult(
            new QueryOutcome(new Scores.ScoreAnswer(Some.SafeDriver, 480, "good", Some.Instant, "ref"), null, null));
        using var client = Open(gateway, "service");
        (await client.Scores.Query("a-grant")).ShouldBe(new Client.ScoreAnswer("safe-driver", 480, "good", Some.Instant, "ref"));
        (await Should.ThrowAsync<ScoringProblemException>(() => client.As((string?)null).Scores.Query("a-grant")))
            .Kind.ShouldBe(ProblemKinds.Unauthenticated);
    }

    [Fact]
    public async Task A_participant_reads_notices_and_hears_them_live_until_the_withdrawal()
    {
        await using var gateway = await TestGateway.Start();
        using var client = Open(gateway, "participant");
        var subject = client.Subjects.Of("safe-driver", 0);
        var page = await subject.ReadNotices();
        page.Notices.Select(notice => notice.Kind).ShouldBe(["published", "event", "queried"]);
        page.Notices[1].Event.ShouldNotBeNull().Points.ShouldHaveSingleItem().Points.ShouldBe(-5);

        gateway.City.Notices.Release(FakeNotices.Query, FakeNotices.Event, FakeNotices.Act);
        gateway.City.Notices.Withdraw();
        var live = await subject.Listen().ToListAsync(new CancellationTokenSource(TimeSpan.FromSeconds(60)).Token);
        live.Select(notice => (notice.Kind, notice.Id)).ShouldBe(
            [("queried", "7-3"), ("event", "8-3"), ("published", "8-4"), (LiveNotice.Withdrawn, null)]);
        live[0].Notice.ShouldNotBeNull().Look.ShouldNotBeNull().LegalEntity.ShouldBe("City Parking");
    }

    [Fact]
    public async Task A_participant_takes_everything_along()
    {
        await using var gateway = await TestGateway.Start();
        using var client = Open(gateway, "participant");
        using var file = new MemoryStream();
        await client.Subjects.Of("safe-driver", 0).Export(file);
        using var zip = new ZipArchive(file);
        zip.Entries.Select(entry => entry.FullName).ShouldContain("manifest.jws");
    }

    private static ScoringClient Open(TestGateway gateway, string? role) => new(new ScoringClientOptions
    {
        Addresses = { gateway.Address },
        AccessToken = _ => ValueTask.FromResult(role is null ? null : gateway.Token(role)),
    });

    private static CloudEvent Speeding(string id, int overLimitKmh) => new(
        id, Some.Source, "traffic.speeding", Some.Instant,
        new CloudEventData("safe-driver", Some.Handle) { Attributes = new Dictionary<string, object> { ["overLimitKmh"] = overLimitKmh } });
}
