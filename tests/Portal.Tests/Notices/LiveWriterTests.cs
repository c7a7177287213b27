using System.Text;
using Microsoft.AspNetCore.Http;

namespace Scoring.Notices;

/// <summary>What a page hears.</summary>
public sealed class LiveWriterTests
{
    [Fact]
    public async Task An_event_says_that_something_is_new_and_nothing_of_what_it_is()
    {
        var context = new DefaultHttpContext();
        using var body = new MemoryStream();
        context.Response.Body = body;
        var writer = new LiveWriter(context.Response);
        var none = TestContext.Current.CancellationToken;
        await writer.Begin(none);
        await writer.Ready("12-3", none);
        await writer.Heartbeat(none);
        await writer.Notice("13-3", none);
        await writer.Withdrawn(none);
        await writer.Busy(none);
        context.Response.ContentType.ShouldBe("text/event-stream");
        Encoding.UTF8.GetString(body.ToArray()).ShouldBe(
            "retry: 3000\n\nevent: ready\nid: 12-3\ndata: 1\n\n:\n\nevent: notice\nid: 13-3\ndata: 1\n\n"
            + "event: withdrawn\ndata: 1\n\nretry: 30000\n\n");
    }
}
