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
    public async Task The_clock_is_set_and_the_day_waited_for()
    {
        var wire = new FakePlatform("2020-01-01", "2020-01-01", "2020-01-02");
        await Time(wire).Set(Noon, Programme, CancellationToken.None);
        File.ReadAllText(ClockPath).ShouldBe("2020-01-02T12:00:00Z\n");
        wire.Requests.ShouldBe(3);
    }

    [Fact]
    public async Task A_past_before_the_clock_is_refused_in_plain_words_and_the_clock_left_alone()
    {
        new DevelopmentClock(ClockPath).Set(Noon);
        await Should.ThrowAsync<CityException>(
            () => Time(new FakePlatform("2020-01-02")).Set(Noon.AddSeconds(-1), Programme, CancellationToken.None));
        new DevelopmentClock(ClockPath).Read().ShouldBe(Noon);
    }

    public void Dispose() => _scratch.Delete(recursive: true);

    private ProgrammeClock Time(FakePlatform wire) =>
        new(new DevelopmentClock(ClockPath), new PlatformClient(new ApiClient([new Uri("http://127.0.0.1:1")], () => wire)));

    /// <summary>A platform whose day is each of these in turn.</summary>
    private sealed class FakePlatform(params string[] days) : HttpMessageHandler
    {
        public int Requests { get; private set; }

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK)
                { Content = new StringContent($$"""{"today":"{{days[Requests++]}}"}""") });
    }
}
