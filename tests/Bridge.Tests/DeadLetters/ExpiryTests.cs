using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Scoring.Bridge.DeadLetters;

public sealed class ExpiryTests : IDisposable
{
    private readonly ScratchPlace _place = new();
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 30, 12, 0, 0, TimeSpan.Zero));

    [Fact]
    public async Task A_file_is_deleted_after_its_days_while_the_bridge_runs_and_not_before()
    {
        foreach (var (name, age) in new[] { ("old", 15.0), ("young", 13.9) })
        {
            await File.WriteAllTextAsync(_place.In(name), EventText.Canary);
            File.SetLastWriteTimeUtc(_place.In(name), _time.GetUtcNow().AddDays(-age).UtcDateTime);
        }
        using var stop = new CancellationTokenSource();
        var running = new Expiry([(_place.Root, 14)], _time, NullLogger<Expiry>.Instance).Run(stop.Token);
        _place.Names().ShouldBe(["young"]);
        _time.Advance(TimeSpan.FromHours(3));
        await RunningBridge.Until(() => _place.Names().Length == 0, "the younger file expires too");
        await stop.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(running);
    }

    public void Dispose() => _place.Dispose();
}
