using System.Net;
using Scoring.City.Platform;
using Scoring.City.Replays;
using Scoring.Verify.Scores;

namespace Scoring.City.Tests.Replays;

public sealed class ProgrammeClockTests : IDisposable
{
    private static readonly DateTimeOffset Noon = new(2020, 1, 2, 12, 0, 0, TimeSpan.Zero);
    private static readonly ProgrammeDocument Programme = new("safe-driver", TimeZoneInfo.Utc, 0, 10, 30, new DateOnly(2020, 1, 1), []);

    private readonly DirectoryInfo _scratch = Directory.CreateTempSubdirectory("scoring-city-tests-");

    private string ClockPath => Path.Combine(_scratch.FullName, "clock");

    [Fact]
    public async Task The_clock_is_set_and_the_new_day_is_awaited()
    {
        var platform = new FakePlatform("2020-01-01", "2020-01-01", "2020-01-02");
        await Clock(platform).Set(Noon, Programme, CancellationToken.None);
        File.ReadAllText(ClockPath).ShouldBe("2020-01-02T12:00:00Z\n");
        platform.Requests.ShouldBe(3);
    }

    [Fact]
    public async Task An_instant_before_the_clock_is_refused_and_the_clock_stays()
    {
        new DevelopmentClock(ClockPath).Set(Noon);
        await Should.ThrowAsync<CityException>(
            () => Clock(new FakePlatform("2020-01-02")).Set(Noon.AddSeconds(-1), Programme, CancellationToken.None));
        new DevelopmentClock(ClockPath).Read().ShouldBe(Noon);
    }

    public void Dispose() => _scratch.Delete(recursive: true);

    private ProgrammeClock Clock(FakePlatform platform) =>
        new(new DevelopmentClock(ClockPath), new PlatformClient(PlatformConnection.Open([new Uri("http://127.0.0.1:1")], platform)));

    /// <summary>A platform whose current day is each of the given ones in turn.</summary>
    private sealed class FakePlatform(params string[] days) : HttpMessageHandler
    {
        public int Requests { get; private set; }

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK)
                { Content = new StringContent($$"""{"today":"{{days[Requests++]}}"}""") });
    }
}
