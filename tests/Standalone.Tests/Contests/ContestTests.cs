using Scoring.Hosting;

namespace Scoring.Contests;

/// <summary>Tests contests over HTTP: one is upheld, one is rejected, and one is undecided past its due day.</summary>
public sealed class ContestTests
{
    [Fact]
    public async Task A_contest_suspends_harm_is_judged_by_an_independent_administrator_and_is_upheld_when_undecided()
    {
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(180));
        using var scratch = new ScratchFolder();
        await using var platform = await StandaloneProcess.Start(scratch.Path, developmentClock: true, "--Contests:LookSeconds=1");
        using var session = platform.Session();
        await new ContestStory(session, timeout.Token).Run();
    }
}
