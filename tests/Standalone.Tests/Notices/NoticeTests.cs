using Scoring.Hosting;

namespace Scoring.Notices;

/// <summary>Tests one participant's timeline, live notices and what-if over HTTP on a real PostgreSQL.</summary>
public sealed class NoticeTests
{
    [Fact]
    public async Task Every_entry_becomes_a_live_notice_and_a_withdrawal_ends_the_stream()
    {
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(180));
        using var scratch = new ScratchFolder();
        await using var platform = await StandaloneProcess.Start(scratch.Path);
        using var session = platform.Session();
        var resident = await new NoticeStory(session, timeout.Token).Run();
        platform.Printed.ShouldNotContain(resident.Participant);
    }
}
