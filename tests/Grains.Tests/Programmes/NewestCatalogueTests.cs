using Microsoft.Extensions.Options;
using Scoring.Enrolments;
using Scoring.Grants;
using Scoring.Hosting;
using Scoring.Intake;
using Scoring.Ledger;
using Scoring.Rules;
using Scoring.Scores;
using Scoring.Subjects;
using Scoring.Testing;
using static Scoring.Enrolments.EnrolmentCalls;

namespace Scoring.Programmes;

/// <summary>A silo that does not know yet what another one has registered reads it, and refuses nothing for that.</summary>
public sealed class NewestCatalogueTests
{
    private static readonly OwnSubject Own = new(Anna, TestProgrammes.Vehicles, 0);

    private static readonly DocumentSet Unregistered = TestProgrammes.Documents with { Sources = [], Services = [] };

    private static readonly DocumentSet Unpublished = Unregistered with { Versions = [] };

    [Fact]
    public async Task An_event_of_a_source_or_programme_that_was_registered_just_now_is_taken()
    {
        await using var city = await Start(Unpublished);
        (await Append(city)).Refusals.ShouldBe([new EventRefusal(0, EventFault.ProgrammeUnknown)]);
        city.Store(TestProgrammes.Documents);
        (await Append(city)).ShouldBe(IntakeOutcome.Accepted);
    }

    [Fact]
    public async Task A_proof_of_a_source_that_was_registered_just_now_enrols_and_links()
    {
        await using var city = await Start(Unregistered);
        (await Grain(city).Enrol(Anna, Request(Proof()))).Refusal.ShouldBe(EnrolRefusal.ProofRefused);
        city.Store(TestProgrammes.Documents);
        (await Grain(city).Enrol(Anna, Request(Proof()))).Enrolled.ShouldNotBeNull();

        city.Publish(Unregistered);
        city.Store(TestProgrammes.Documents);
        (await Grain(city).LinkHandles(Own, [Proof("a-second-handle-1")])).Linked!.Value.Length.ShouldBe(2);
    }

    [Fact]
    public async Task A_programme_or_rule_set_that_was_published_just_now_is_enrolled_in()
    {
        await using var city = await Start(Unpublished);
        (await Grain(city).Enrol(Anna, Request(Proof()))).Refusal.ShouldBe(EnrolRefusal.ProgrammeUnknown);
        city.Store(TestProgrammes.Documents);
        (await Grain(city).Enrol(Anna, Request(Proof()))).Enrolled.ShouldNotBeNull();

        var second = Unregistered with { Versions = [.. Unregistered.Versions.Select(first => TestProgrammes.Version(first.Terms, 2))] };
        city.Publish(second);
        city.Store(TestProgrammes.Documents);
        (await Grain(city).Enrol(Anna, Request(Proof("a-second-handle-1")))).Enrolled.ShouldNotBeNull();
    }

    [Fact]
    public async Task A_service_that_was_registered_just_now_gets_a_grant_and_asks()
    {
        await using var city = await Start(TestProgrammes.Documents);
        await Enrol(city, Proof());
        city.Publish(Unregistered);
        (await Grain(city).Grant(Own, TestProgrammes.ServiceId, null)).Refusal.ShouldBe(GrantRefusal.ServiceUnknown);
        city.Store(TestProgrammes.Documents);
        var grant = (await Grain(city).Grant(Own, TestProgrammes.ServiceId, null)).Granted.ShouldNotBeNull();

        city.Publish(Unregistered);
        city.Store(TestProgrammes.Documents);
        (await city.Grains.GetGrain<IScoreQueryGrain>(0).Ask(TestProgrammes.ServiceId, grant.Token)).Answer.ShouldNotBeNull();
    }

    [Fact]
    public async Task The_newest_catalogue_is_read_for_a_gateway()
    {
        await using var city = await Start(Unregistered);
        (await city.Grains.GetGrain<ICatalogueGrain>(0).Current()).Sources.ShouldBeEmpty();
        city.Store(TestProgrammes.Documents);
        (await city.Grains.GetGrain<ICatalogueGrain>(0).Current()).Sources.ShouldBeEmpty();
        (await city.Grains.GetGrain<INewestCatalogueGrain>(0).Read()).Sources.Length.ShouldBe(2);
        (await city.Grains.GetGrain<ICatalogueGrain>(0).Current()).Sources.Length.ShouldBe(2);
    }

    [Fact]
    public async Task While_the_database_cannot_be_read_nothing_unknown_is_refused()
    {
        await using var city = await Start(Unregistered);
        city.IsPublishedReadable = false;
        (await Append(city)).RetryAfter.ShouldNotBeNull();
        (await city.Grains.GetGrain<IScoreQueryGrain>(0).Ask(TestProgrammes.ServiceId, "none")).RetryAfter.ShouldNotBeNull();
        await Should.ThrowAsync<LedgerUnavailableException>(Grain(city).Enrol(Anna, Request(Proof())));
    }

    [Fact]
    public async Task What_is_known_costs_no_read_and_unknown_names_share_one()
    {
        var renewal = new CountedRenewal();
        var newest = new NewestCatalogue(renewal, Options.Create(new RuleBookOptions { MissSeconds = 0.05 }), TimeProvider.System);
        (await newest.Decide(() => Task.FromResult(1), _ => false)).ShouldBe(1);
        renewal.Reads.ShouldBe(0);
        var decisions = 0;
        await Task.WhenAll(Enumerable.Range(0, 1000).Select(_ => newest.Decide(
            () => Task.FromResult(Interlocked.Increment(ref decisions)), _ => true)));
        decisions.ShouldBe(2000);
        renewal.Reads.ShouldBeInRange(1, 20);
    }

    private static async Task<TestCity> Start(DocumentSet documents)
    {
        var city = await TestCity.Start(silos: 1, settings: new Dictionary<string, string?> { ["RuleBook:MissSeconds"] = "0.05" });
        city.Publish(documents);
        return city;
    }

    private static Task<IntakeOutcome> Append(TestCity city) => city.Grains.GetGrain<IIntakeGrain>(0).Append(new EventBatch(
        TestProgrammes.SourceId,
        [new IncomingEvent("1", TestProgrammes.Vehicles, Handle, city.Clock.GetUtcNow(), TestProgrammes.Body(7))]));

    private sealed class CountedRenewal : IRuleBookRenewal
    {
        private int _reads;

        public int Reads => _reads;

        public Task Renew()
        {
            Interlocked.Increment(ref _reads);
            return Task.CompletedTask;
        }
    }
}
