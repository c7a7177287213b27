using Scoring.Client;
using Scoring.Hosting;

namespace Scoring.Developers;

/// <summary>What the pages for developers say is what the platform does.</summary>
public sealed class DeveloperPageTests(SharedPortal portal) : PortalTest(portal)
{
    [Fact]
    public async Task Every_test_grant_on_the_page_gives_the_answer_that_it_names()
    {
        var visitor = await Visit();
        await visitor.Open("/developers/services?programme=safe-driver");
        var grants = await visitor.Page.Locator("tbody th code").AllTextContentsAsync();
        var registered = Portal.Session.Standalone.Services.First(known => known.Programme == "safe-driver");
        using var api = new ScoringClient(new ScoringClientOptions
        {
            Addresses = [Portal.Session.Standalone.Address], AccessToken = _ => ValueTask.FromResult<string?>(registered.Token),
            AttemptsMax = 1, // a refusal is what the test wants to see, and not again after a while
        });
        var service = api.Scores;
        var tiers = (await Portal.Session.Api.Programmes.Find("safe-driver")).RuleSets[^1].Tiers;
        foreach (var tier in tiers)
        {
            grants.ShouldContain(TestGrants.OfTier(tier.Name));
            var answer = await service.Test(TestGrants.OfTier(tier.Name));
            (answer.Tier, answer.Programme).ShouldBe((tier.Name, "safe-driver"));
            (await visitor.Main()).ShouldContain($"The tier {tier.Name} with {answer.Score} points");
        }
        grants.ShouldContain(TestGrants.Neutral);
        (await service.Test(TestGrants.Neutral)).Tier.ShouldBe("baseline");
        foreach (var (grant, kind) in new[]
        {
            (TestGrants.TooManyRequests, ProblemKinds.TooManyRequests), (TestGrants.Unavailable, ProblemKinds.Unavailable),
        })
        {
            grants.ShouldContain(grant);
            (await Should.ThrowAsync<ScoringProblemException>(() => service.Test(grant))).Kind.ShouldBe(kind);
        }
    }

    [Fact]
    public async Task An_event_is_composed_checked_and_not_sent()
    {
        var subject = await Portal.Enrol("participant-2");
        var before = (await subject.Calls.ReadHistory()).Entries.Count;
        var visitor = await Visit(new VisitorSettings(HasScript: false));
        await visitor.Open("/developers/sources?programme=safe-driver&type=traffic.trip");
        await visitor.Page.FillAsync("#a-distanceKm", "12");
        await visitor.Page.FillAsync("#a-overLimitKm", "0");
        await visitor.Page.FillAsync("#a-harshBrakings", "1");
        await visitor.Follow("main form[method=post] button[type=submit]");
        (await visitor.Main()).ShouldContain("The event is sound.");
        var sent = await visitor.Page.Locator("#curl").TextContentAsync();
        sent.ShouldNotBeNull().ShouldContain("\"distanceKm\": 12");
        sent.ShouldContain("/v1/events");

        await visitor.Page.FillAsync("#a-distanceKm", "");
        await visitor.Follow("main form[method=post] button[type=submit]");
        (await visitor.Page.Locator(".notice.error a").CountAsync()).ShouldBeGreaterThan(0);
        (await visitor.Main()).ShouldNotContain("The event is sound.");
        (await subject.Calls.ReadHistory()).Entries.Count.ShouldBe(before);
    }
}
