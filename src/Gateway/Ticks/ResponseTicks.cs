using Microsoft.Extensions.Options;
using Scoring.Limits;

namespace Scoring.Ticks;

/// <summary>The ticks on which answers leave: one for accepted events, one for scores.</summary>
internal sealed class ResponseTicks(IOptions<GatewayLimits> limits, TimeProvider time) : IAsyncDisposable
{
    /// <summary>For answers to sources.</summary>
    public TickSource Events { get; } = new(TimeSpan.FromMilliseconds(limits.Value.EventsTickMs), time);

    /// <summary>For answers to services.</summary>
    public TickSource Scores { get; } = new(TimeSpan.FromMilliseconds(limits.Value.ScoresTickMs), time);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Events.DisposeAsync();
        await Scores.DisposeAsync();
    }
}
