using Microsoft.AspNetCore.Http;

namespace Scoring.Notices;

/// <summary>Requests that a script makes by itself.</summary>
public sealed class LiveRequestTests
{
    [Theory]
    [InlineData("/my/safe-driver/0/live", false, true)]
    [InlineData("/my/safe-driver/0/timeline", true, true)]
    [InlineData("/my/safe-driver/0/timeline", false, false)]
    [InlineData("/my/live/0", false, false)]
    public void A_stream_and_a_page_that_a_script_reads_again_are_told_from_what_a_person_opens(string path, bool hasHeader, bool isLive)
    {
        var context = new DefaultHttpContext();
        context.Request.Path = path;
        if (hasHeader) context.Request.Headers[LiveRequest.Header] = "1";
        LiveRequest.Is(context.Request).ShouldBe(isLive);
    }
}
