using Microsoft.Extensions.Time.Testing;

namespace Scoring.Bridge.Carriage;

public sealed class PaceTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly Pace _pace;

    public PaceTests() => _pace = new Pace(TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(300), _time);

    [Fact]
    public void All_batches_wait_as_long_as_the_platform_asks()
    {
        _pace.Hold(TimeSpan.FromSeconds(60)).ShouldBeTrue();
        var first = _pace.Wait(CancellationToken.None);
        var second = _pace.Wait(CancellationToken.None);
        _time.Advance(TimeSpan.FromSeconds(59));
        (first.IsCompleted, second.IsCompleted).ShouldBe((false, false));
        _time.Advance(TimeSpan.FromSeconds(1));
        (first.IsCompleted, second.IsCompleted).ShouldBe((true, true));
    }

    [Fact]
    public void A_platform_cannot_ask_for_more_than_the_maximum()
    {
        _pace.Hold(TimeSpan.FromDays(1));
        var wait = _pace.Wait(CancellationToken.None);
        _time.Advance(TimeSpan.FromSeconds(300));
        wait.IsCompleted.ShouldBeTrue();
    }

    [Fact]
    public void Pauses_grow_up_to_the_maximum_and_end_with_a_decision()
    {
        for (var i = 0; i < 40; i++) _pace.Hold(null);
        var longest = _pace.Wait(CancellationToken.None);
        _time.Advance(TimeSpan.FromSeconds(20));
        longest.IsCompleted.ShouldBeFalse();
        _time.Advance(TimeSpan.FromSeconds(10));
        longest.IsCompleted.ShouldBeTrue();

        _pace.IsHolding.ShouldBeTrue();
        _pace.Resume().ShouldBeTrue();
        (_pace.IsHolding, _pace.Resume()).ShouldBe((false, false));
        _pace.Hold(null).ShouldBeTrue();
        var shortest = _pace.Wait(CancellationToken.None);
        _time.Advance(TimeSpan.FromMilliseconds(250));
        shortest.IsCompleted.ShouldBeTrue();
    }
}
