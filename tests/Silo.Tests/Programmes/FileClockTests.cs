using Microsoft.Extensions.Time.Testing;

namespace Scoring.Programmes;

public sealed class FileClockTests : IDisposable
{
    private readonly string _path = Path.GetTempFileName();
    private readonly FakeTimeProvider _machine = new(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));

    public void Dispose() => File.Delete(_path);

    [Fact]
    public void The_clock_follows_the_file_and_never_goes_back()
    {
        File.Delete(_path);
        var clock = new FileClock(_path, _machine);
        clock.GetUtcNow().ShouldBe(_machine.GetUtcNow(), "without a file the machine's clock counts");
        Write(clock, "2017-03-01T10:00:00+01:00").ShouldBe(new DateTimeOffset(2017, 3, 1, 9, 0, 0, TimeSpan.Zero));
        Write(clock, "2017-03-02T00:00:00Z\n").ShouldBe(new DateTimeOffset(2017, 3, 2, 0, 0, 0, TimeSpan.Zero));
        Write(clock, "2017-03-01T00:00:00Z").ShouldBe(new DateTimeOffset(2017, 3, 2, 0, 0, 0, TimeSpan.Zero));
        Write(clock, "").ShouldBe(new DateTimeOffset(2017, 3, 2, 0, 0, 0, TimeSpan.Zero));
        Write(clock, "half an inst").ShouldBe(new DateTimeOffset(2017, 3, 2, 0, 0, 0, TimeSpan.Zero));
        File.Delete(_path);
        _machine.Advance(TimeSpan.FromSeconds(1));
        clock.GetUtcNow().ShouldBe(new DateTimeOffset(2017, 3, 2, 0, 0, 0, TimeSpan.Zero));
        Write(clock, "2017-03-03T00:00:00.5Z").ShouldBe(new DateTimeOffset(2017, 3, 3, 0, 0, 0, 500, TimeSpan.Zero));
    }

    private DateTimeOffset Write(FileClock clock, string text)
    {
        File.WriteAllText(_path, text);
        return clock.GetUtcNow();
    }
}
