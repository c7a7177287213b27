using Scoring.Hosting;

namespace Scoring.Statistics;

/// <summary>Tests a month's statistics over HTTP: they appear on their day, hide small counts, and never change.</summary>
public sealed class StatisticsTests
{
    [Fact]
    public async Task A_months_statistics_appear_once_no_event_of_it_can_arrive_and_never_change()
    {
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(180));
        using var scratch = new ScratchFolder();
        await using var platform = await StandaloneProcess.Start(scratch.Path, developmentClock: true, "--Statistics:LookSeconds=1");
        using var session = platform.Session();
        using var http = new HttpClient { BaseAddress = session.Standalone.Address };
        await new StatisticsStory(session, http, timeout.Token).Run();
        platform.Printed.ShouldNotContain("could not be made");
    }
}
