using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Scoring.Administration;
using Scoring.Checkpoints;
using Scoring.Contests;
using Scoring.Programmes;
using Scoring.Storage;
using Scoring.Testing;

namespace Scoring.Clocks;

/// <summary>What cannot be undone waits while this machine's clock is not trusted, on a real database with a right clock.</summary>
public sealed class ShiftedClockTests(PostgresServer server) : IAsyncLifetime
{
    private readonly ShiftedTime _machine = new(TimeProvider.System);
    private LedgerStage _stage = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _stage = await LedgerStage.OpenEmpty(server);
        await _stage.PublishFirst(Versions.Of(1, reviewBy: Some.Day.AddDays(30)));
        _stage.Steps = _stage.NewSteps(_machine);
    }

    public ValueTask DisposeAsync() => _stage.DisposeAsync();

    /// <summary>
    /// The clock of programmes shows a day on which the work of the step is due, so only the machine's clock can hold it.
    /// </summary>
    [Theory]
    [InlineData("checkpoint", 400, 0, "ledger.checkpoint")]
    [InlineData("checkpoint", -400, 0, "ledger.checkpoint")]
    [InlineData("contests", 400, 40, "ledger.contest WHERE upheld")]
    [InlineData("retention", 400, 733, "ledger.entry WHERE kind = 19")]
    [InlineData("review-days", 400, 40, "ledger.programme WHERE suspended")]
    [InlineData("statistics", 400, 90, "ledger.statistics")]
    public async Task Nothing_irreversible_is_done_until_the_clock_is_right_and_then_it_goes_on_by_itself(
        string step, int daysAhead, int today, string effect)
    {
        var (enrolled, turns) = await _stage.Enrol(Guid.NewGuid());
        (await _stage.Open(enrolled.Locators[0], turns[0])).ShouldNotBeNull();
        _machine.Shift = TimeSpan.FromDays(daysAhead);
        using var held = new HeldSteps();
        using var service = Service(step, new FakeTimeProvider(Some.Start.AddDays(today)));
        await service.StartAsync(Cancel);
        await held.Wait(step);
        (await Count(effect)).ShouldBe(0);
        _stage.Lines().ShouldContain(line => line.StartsWith("Error: The clock of this machine is not trusted", StringComparison.Ordinal));

        _machine.Shift = TimeSpan.Zero;
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (await Count(effect) == 0) limit.IsCancellationRequested.ShouldBeFalse(step);
        await service.StopAsync(Cancel);
        _stage.Lines().ShouldContain("Information: The clock of this machine is trusted again");
    }

    [Fact]
    public async Task Old_files_of_the_erasure_list_are_kept_too()
    {
        _machine.Shift = TimeSpan.FromDays(400);
        using var held = new HeldSteps();
        using var sweeper = _stage.NewSweeper();
        await sweeper.Sweep(Cancel);
        await held.Wait("erasure-list", "retention");
    }

    [Theory]
    [InlineData(2)]
    [InlineData(-2)]
    public async Task A_silo_with_a_shifted_clock_does_not_start(int hours)
    {
        var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Configuration.AddInMemoryCollection([
            new("Storage:ConnectionString", _stage.ConnectionString), new("Storage:PartitionCount", "4")]);
        builder.Services.AddSingleton<TimeProvider>(new ShiftedTime(TimeProvider.System) { Shift = TimeSpan.FromHours(hours) });
        builder.Services.AddStorage();
        using var host = builder.Build();
        var refused = await Should.ThrowAsync<StorageUnfitException>(host.StartAsync(Cancel));
        var fault = refused.Faults.ShouldHaveSingleItem();
        fault.ShouldContain(hours > 0 ? "s ahead of the database's clock" : "s behind the database's clock");
        fault.ShouldMatch(@"\b(71|72)\d\d s ");
    }

    [Fact]
    public async Task After_a_long_gap_to_the_newest_checkpoint_a_start_waits_for_an_operator()
    {
        var now = TimeProvider.System.GetUtcNow();
        (await _stage.Seal(new FakeTimeProvider(now.AddDays(-3)))).ShouldNotBeNull();
        var options = new ClockOptions();
        (await _stage.NewClockGuard(options: options).IsTrusted(Cancel)).ShouldBeFalse();
        options.ConfirmedUntil = now.AddDays(1);
        (await _stage.NewClockGuard(options: options).IsTrusted(Cancel)).ShouldBeTrue();
        options.ConfirmedUntil = null;
        (await _stage.Seal()).ShouldNotBeNull();
        (await _stage.NewClockGuard(options: options).IsTrusted(Cancel)).ShouldBeTrue();
    }

    [Fact]
    public async Task The_expiry_of_a_start_is_held_and_the_start_goes_on()
    {
        var later = new FakeTimeProvider(Some.Start.AddDays(733));
        await _stage.Enrol(Guid.NewGuid());
        _machine.Shift = TimeSpan.FromHours(1);
        await _stage.NewErasureReplay(later).StartAsync(Cancel);
        (await _stage.Scalar<long>("SELECT count(*) FROM ledger.entry WHERE kind = 0")).ShouldBe(0);
        _machine.Shift = TimeSpan.Zero;
        await _stage.NewErasureReplay(later).StartAsync(Cancel);
        (await _stage.Scalar<long>("SELECT count(*) FROM ledger.entry WHERE kind = 0")).ShouldBeGreaterThan(0);
    }

    private BackgroundService Service(string step, TimeProvider programmes)
    {
        var clock = new ProgrammeClock(programmes);
        return step switch
        {
            "checkpoint" => _stage.NewCheckpointService(),
            "retention" => _stage.NewSweeper(programmes),
            "statistics" => _stage.NewStatisticsService(programmes),
            "review-days" => new ReviewDayService(_stage.Programmes, clock, Options.Create(new ProgrammeOptions()), _stage.Steps),
            _ => new OverdueContestService(
                new OverdueContestHandler(_stage.Contests, _stage.NewCatalogue(programmes), clock, Options.Create(new ContestOptions())),
                Options.Create(new ContestOptions { LookSeconds = 1 }), _stage.Steps, NullLogger<OverdueContestService>.Instance),
        };
    }

    private Task<long> Count(string what) => _stage.Scalar<long>($"SELECT count(*) FROM {what}");
}
