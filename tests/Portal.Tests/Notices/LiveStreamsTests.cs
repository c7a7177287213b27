using Scoring.Hosting;

namespace Scoring.Notices;

/// <summary>The maximum of open streams.</summary>
public sealed class LiveStreamsTests
{
    [Fact]
    public void A_place_is_free_again_once_when_its_stream_is_closed()
    {
        var streams = new LiveStreams(new PortalOptions { LiveStreamsMax = 2 });
        var first = streams.TryOpen().ShouldNotBeNull();
        using var second = streams.TryOpen().ShouldNotBeNull();
        streams.TryOpen().ShouldBeNull();
        first.Dispose();
        first.Dispose();
        streams.Count.ShouldBe(1);
        streams.TryOpen().ShouldNotBeNull();
        streams.TryOpen().ShouldBeNull();
    }
}
