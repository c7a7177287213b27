using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Scoring.Background;
using Scoring.Checkpoints;
using Scoring.Clocks;
using Scoring.Inbox;
using Scoring.Programmes;
using Scoring.Rules;

namespace Scoring.Health;

/// <summary>The checks that need no database, in each of their states.</summary>
public sealed class SiloCheckTests
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 30, 12, 0, 0, TimeSpan.Zero));
    private readonly KnownTimes _times = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(29, HealthStatus.Healthy)]
    [InlineData(31, HealthStatus.Degraded)]
    [InlineData(61, HealthStatus.Unhealthy)]
    public async Task Rules_age(int minutes, HealthStatus status)
    {
        var options = Options.Create(new RuleBookOptions());
        var ruleBook = new CurrentRuleBook(options, _time);
        var check = new RulesCheck(ruleBook, options);
        (await Status(check)).ShouldBe(HealthStatus.Unhealthy, "there are none yet");
        ruleBook.Renew(RuleBook.Compile([], []), new Catalogue([], [], [], [], ""));
        _time.Advance(TimeSpan.FromMinutes(minutes));
        (await Status(check)).ShouldBe(status);
    }

    [Theory]
    [InlineData(119, HealthStatus.Healthy)]
    [InlineData(121, HealthStatus.Degraded)]
    [InlineData(2881, HealthStatus.Unhealthy)]
    [InlineData(-10, HealthStatus.Healthy)]
    public async Task The_newest_checkpoint_ages(int minutes, HealthStatus status)
    {
        var check = new SealerCheck(_times, Options.Create(new CheckpointOptions()), Options.Create(new ClockOptions()));
        (await Status(check)).ShouldBe(HealthStatus.Healthy, "the first one is made soon");
        _times.Value = new ReferenceTime(_time.GetUtcNow(), _time.GetUtcNow().AddMinutes(-minutes));
        (await Status(check)).ShouldBe(status);
    }

    [Fact]
    public async Task A_clock_that_differs_from_the_databases_is_unhealthy()
    {
        var check = new ClockCheck(Guard());
        _times.Value = new ReferenceTime(_time.GetUtcNow().AddSeconds(299), null);
        (await Status(check)).ShouldBe(HealthStatus.Healthy);
        _times.Value = new ReferenceTime(_time.GetUtcNow().AddSeconds(301), null);
        (await check.CheckHealthAsync(new HealthCheckContext(), Cancel)).Description.ShouldBe(
            "This machine's clock is 5 min behind the database's.");
    }

    [Fact]
    public async Task A_step_that_fails_degrades_until_it_succeeds()
    {
        _times.Value = new ReferenceTime(_time.GetUtcNow(), null);
        var runner = new BackgroundStepRunner(
            Guard(), Options.Create(new BackgroundOptions()), _time, NullLogger<BackgroundStepRunner>.Instance);
        var check = new BackgroundCheck(runner);
        var works = false;
        var step = new BackgroundStep("health-sample", _ => works ? Task.CompletedTask : throw new TimeoutException("a-secret"));
        await runner.Run(step, Cancel);
        var found = await check.CheckHealthAsync(new HealthCheckContext(), Cancel);
        (found.Status, found.Description).ShouldBe((HealthStatus.Degraded, "Failing: health-sample."));
        works = true;
        await runner.Run(step, Cancel);
        (await Status(check)).ShouldBe(HealthStatus.Healthy);
    }

    [Theory]
    [InlineData(31, false, HealthStatus.Healthy)]
    [InlineData(30, false, HealthStatus.Degraded)]
    [InlineData(30, true, HealthStatus.Healthy)]
    [InlineData(-1, false, HealthStatus.Healthy)]
    public async Task A_registration_that_ends_soon_degrades(int days, bool isStopped, HealthStatus status)
    {
        var ruleBook = new CurrentRuleBook(Options.Create(new RuleBookOptions()), _time);
        var lastDay = DateOnly.FromDateTime(_time.GetUtcNow().UtcDateTime).AddDays(days);
        var service = new Service("service", ProgrammeId.Parse("safe-driver"), "City", "p", "c", lastDay, Context.Mobility)
        {
            Stopped = isStopped,
        };
        ruleBook.Renew(RuleBook.Compile([], []), new Catalogue([], [], [], [service], ""));
        (await Status(new RegistrationsCheck(ruleBook, Options.Create(new InboxOptions()), _time))).ShouldBe(status);
    }

    private ClockGuard Guard() => new(_times, Options.Create(new ClockOptions()), _time, NullLogger<ClockGuard>.Instance);

    private static async Task<HealthStatus> Status(IHealthCheck check) =>
        (await check.CheckHealthAsync(new HealthCheckContext(), Cancel)).Status;

    /// <summary>The times that the database would tell.</summary>
    private sealed class KnownTimes : IReferenceClock
    {
        public ReferenceTime Value { get; set; }

        public Task<ReferenceTime> Read(CancellationToken cancellationToken) => Task.FromResult(Value);
    }
}
