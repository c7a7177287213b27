using Microsoft.Extensions.Time.Testing;
using Scoring.Testing;

namespace Scoring.Clocks;

public sealed class ClockGuardTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 29, 12, 0, 0, TimeSpan.Zero);

    private readonly FakeTimeProvider _time = new(Start);
    private readonly ShiftedTime _machine;
    private readonly ShiftedTime _database;
    private readonly LogLines<ClockGuard> _log = new();

    public ClockGuardTests()
    {
        _machine = new ShiftedTime(_time);
        _database = new ShiftedTime(_time);
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(300, true)]
    [InlineData(301, false)]
    [InlineData(-300, true)]
    [InlineData(-301, false)]
    public async Task A_clock_may_differ_from_the_databases_by_the_limit_and_no_more(int seconds, bool isTrusted)
    {
        var guard = FakeReferenceClock.Guard(_machine, new FakeReferenceClock(_database));
        _database.Shift = TimeSpan.FromSeconds(-seconds);
        (await guard.IsTrusted(Cancel)).ShouldBe(isTrusted);
        (await guard.FindDifference(Cancel)).ShouldBe(isTrusted ? null : TimeSpan.FromSeconds(seconds));
    }

    [Fact]
    public async Task A_slow_answer_of_the_database_is_no_difference()
    {
        var reference = new FakeReferenceClock(_database) { OnRead = () => _time.Advance(TimeSpan.FromHours(1)) };
        (await FakeReferenceClock.Guard(_machine, reference).IsTrusted(Cancel)).ShouldBeTrue();
    }

    [Fact]
    public async Task A_jump_of_the_one_clock_of_machine_and_database_is_seen_until_it_is_taken_back()
    {
        var guard = FakeReferenceClock.Guard(_machine, new FakeReferenceClock(_machine), log: _log);
        (await guard.IsTrusted(Cancel)).ShouldBeTrue();
        _time.Advance(TimeSpan.FromDays(90));
        (await guard.IsTrusted(Cancel)).ShouldBeTrue("time has passed");
        guard.IsSuspect.ShouldBeFalse();
        _machine.Shift = TimeSpan.FromDays(1);
        guard.IsSuspect.ShouldBeTrue("it needs no read");
        (await guard.IsTrusted(Cancel)).ShouldBeFalse();
        _time.Advance(TimeSpan.FromDays(1));
        (await guard.IsTrusted(Cancel)).ShouldBeFalse("time does not make it right");
        _machine.Shift = TimeSpan.Zero;
        (await guard.IsTrusted(Cancel)).ShouldBeTrue();
        guard.IsSuspect.ShouldBeFalse();
        _log.Lines.ShouldBe([
            "Error 2801 The clock of this machine is not trusted: Jumped, by 86400 s. Irreversible work is held",
            "Information 2802 The clock of this machine is trusted again",
        ]);
    }

    [Fact]
    public async Task Many_small_jumps_are_one_large_jump()
    {
        var guard = FakeReferenceClock.Guard(_machine);
        for (var jump = 0; jump < 3; jump++) _machine.Shift += TimeSpan.FromSeconds(100);
        (await guard.IsTrusted(Cancel)).ShouldBeTrue();
        _machine.Shift += TimeSpan.FromSeconds(100);
        (await guard.IsTrusted(Cancel)).ShouldBeFalse();
    }

    [Fact]
    public async Task A_clock_that_is_set_back_is_trusted_and_may_return_and_go_no_further()
    {
        var guard = FakeReferenceClock.Guard(_machine);
        _machine.Shift = TimeSpan.FromHours(-5);
        (await guard.IsTrusted(Cancel)).ShouldBeTrue();
        _machine.Shift = TimeSpan.Zero;
        (await guard.IsTrusted(Cancel)).ShouldBeTrue();
        _machine.Shift = TimeSpan.FromHours(1);
        (await guard.IsTrusted(Cancel)).ShouldBeFalse();
    }

    [Fact]
    public async Task At_a_start_long_after_the_newest_checkpoint_an_operator_confirms_the_time()
    {
        var reference = new FakeReferenceClock(_machine) { NewestCheckpoint = Start.AddHours(-48) };
        (await FakeReferenceClock.Guard(_machine, reference).IsTrusted(Cancel)).ShouldBeTrue();
        reference.NewestCheckpoint = Start.AddHours(-49);
        var guard = FakeReferenceClock.Guard(_machine, reference, log: _log);
        (await guard.IsTrusted(Cancel)).ShouldBeFalse();
        _log.Lines.ShouldHaveSingleItem().ShouldContain("UnconfirmedGap, by 176400 s");
        (await FakeReferenceClock.Guard(_machine, reference, Confirmed(Start.AddSeconds(-1))).IsTrusted(Cancel)).ShouldBeFalse();
        (await FakeReferenceClock.Guard(_machine, reference, Confirmed(Start)).IsTrusted(Cancel)).ShouldBeTrue();

        reference.NewestCheckpoint = Start;
        (await guard.IsTrusted(Cancel)).ShouldBeTrue("another silo has made a checkpoint");
        _time.Advance(TimeSpan.FromDays(30));
        (await guard.IsTrusted(Cancel)).ShouldBeTrue("a running process needs no checkpoints");

        static ClockOptions Confirmed(DateTimeOffset until) => new() { ConfirmedUntil = until };
    }
}
