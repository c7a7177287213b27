using System.Text.Json;
using Microsoft.Extensions.Options;
using Orleans.Core.Internal;
using Scoring.Administration;
using Scoring.Clocks;
using Scoring.Hosting;
using Scoring.Programmes;
using Scoring.Rules;
using Scoring.Subjects;

namespace Scoring.Simulation;

public sealed class ShadowGrainTests
{
    private static readonly DateOnly FirstDay = TestCity.Today.AddDays(10);

    [Fact]
    public async Task A_coming_version_is_shadowed_once_a_day_over_the_whole_cluster()
    {
        await using var city = await WithComing(sharePercent: 100);
        await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => city.Shadow.Look()));
        await Settled(city);
        (await city.Shadow.Look()).ShouldBeFalse();
        var act = city.Record.Acts.ShouldHaveSingleItem();
        (act.Act, act.Programme, act.By, act.Hash).ShouldBe(
            (AdminActions.Shadowed, SimulatedCity.Programme, "platform", SimulatedCity.Next(FirstDay).RuleSet.Hash));
        var details = JsonDocument.Parse(act.Details!).RootElement;
        details.GetProperty("subjects").GetInt64().ShouldBe(60);
        (details.GetProperty("number").GetInt32(), details.GetProperty("sharePercent").GetInt32()).ShouldBe((2, 100));

        city.City.Clock.Advance(TimeSpan.FromDays(1));
        (await city.Shadow.Look()).ShouldBeTrue();
        await Settled(city);
        city.Record.Acts.Select(other => other.Key).Distinct().Count().ShouldBe(2);
    }

    [Fact]
    public async Task After_a_move_the_record_shows_what_was_done_and_the_ledger_is_not_read_again()
    {
        await using var city = await WithComing(sharePercent: 100);
        await Settled(city);
        var reads = city.Ledger.Reads;
        await city.Shadow.Cast<IGrainManagementExtension>().DeactivateOnIdle();
        (await city.Shadow.Look()).ShouldBeFalse();
        city.Ledger.Reads.ShouldBe(reads);
    }

    [Fact]
    public async Task A_failed_run_is_retried_at_the_next_check()
    {
        await using var city = await WithComing(sharePercent: 100);
        city.Ledger.Fails = true;
        await city.Shadow.Look();
        await city.Ledger.Failed.Task.WaitAsync(TimeSpan.FromSeconds(30));
        city.Record.Acts.ShouldBeEmpty();
        city.Ledger.Fails = false;
        await Settled(city);
        city.Record.Acts.ShouldHaveSingleItem().Act.ShouldBe(AdminActions.Shadowed);
    }

    [Fact]
    public async Task A_sample_of_fewer_than_twenty_has_no_figures()
    {
        await using var city = await WithComing(sharePercent: 10);
        await Settled(city);
        var act = city.Record.Acts.ShouldHaveSingleItem();
        act.Words[^1].ShouldBe("There are fewer than 20 subjects of the sample, so there are no figures.");
        var details = JsonDocument.Parse(act.Details!).RootElement;
        details.GetProperty("subjects").GetInt64().ShouldBe(0);
        details.GetProperty("now").GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task Nothing_is_shadowed_without_a_coming_version_or_without_one_in_force()
    {
        await using var city = await SimulatedCity.Start();
        (await city.Shadow.Look()).ShouldBeFalse();
        var first = SimulatedCity.Shipped.VersionsOf(SimulatedCity.Programme)[0];
        city.Record.Documents = SimulatedCity.Shipped with
        {
            Versions = [first with { RuleSet = first.RuleSet with { FirstDay = FirstDay } }],
        };
        (await city.Shadow.Look()).ShouldBeFalse();
        city.Record.Documents = Coming();
        city.Record.Ended = [SimulatedCity.Programme];
        (await city.Shadow.Look()).ShouldBeFalse();
        city.Ledger.Reads.ShouldBe(0);
    }

    [Fact]
    public async Task The_service_checks_programmes_with_a_coming_version_and_skips_a_missing_rule_book()
    {
        await using var city = await WithComing(sharePercent: 100);
        var book = new CurrentRuleBook(Options.Create(new RuleBookOptions()), TimeProvider.System);
        var clock = new ProgrammeClock(city.City.Clock);
        var service = new ShadowService(
            city.City.Grains, new CurrentCatalogue(book, clock), Options.Create(new SimulationOptions()), FakeReferenceClock.Steps());
        await service.RemindAll();
        book.Renew(SimulatedCity.Shipped.Compile(), SimulatedCity.Shipped.Publish(clock.Now));
        await service.RemindAll();
        city.Ledger.Reads.ShouldBe(0);
        book.Renew(Coming().Compile(), Coming().Publish(clock.Now));
        await service.RemindAll();
        await city.Record.Writing.Task.WaitAsync(TimeSpan.FromSeconds(30));
    }

    [Fact]
    public void A_key_names_programme_version_and_day()
    {
        var version = SimulatedCity.Next(FirstDay);
        var other = version with { Terms = version.Terms with { Id = ProgrammeId.Parse("other") } };
        var later = version with { RuleSet = version.RuleSet with { Number = 3 } };
        Guid[] keys =
        [
            SimulationActions.ShadowKey(version, FirstDay), SimulationActions.ShadowKey(version, FirstDay.AddDays(1)),
            SimulationActions.ShadowKey(other, FirstDay), SimulationActions.ShadowKey(later, FirstDay),
        ];
        keys.Distinct().Count().ShouldBe(4);
        SimulationActions.ShadowKey(SimulatedCity.Next(FirstDay), FirstDay).ShouldBe(keys[0]);
    }

    [Theory, InlineData(1), InlineData(10), InlineData(50), InlineData(100)]
    public void A_sample_has_about_its_share_and_a_larger_one_contains_it(int sharePercent)
    {
        var subjects = Enumerable.Range(0, 20_000).Select(number => new SubjectId(number * 7919L)).ToArray();
        var sample = subjects.Where(subject => SubjectSample.Has(subject, sharePercent)).ToArray();
        sample.Length.ShouldBeInRange(sharePercent * 170, sharePercent * 230);
        sample.ShouldAllBe(subject => SubjectSample.Has(subject, Math.Min(100, sharePercent + 7)));
    }

    private static DocumentSet Coming() =>
        SimulatedCity.Shipped with { Versions = [.. SimulatedCity.Shipped.Versions, SimulatedCity.Next(FirstDay)] };

    private static async Task<SimulatedCity> WithComing(int sharePercent)
    {
        var city = await SimulatedCity.Start(new() { ["Simulation:ShadowSharePercent"] = $"{sharePercent}" });
        city.Record.Documents = Coming();
        return city;
    }

    /// <summary>Calls the grain until nothing is under way or left to do, at most 30 seconds.</summary>
    private static async Task Settled(SimulatedCity city)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (await city.Shadow.Look()) limit.Token.ThrowIfCancellationRequested();
    }
}
