using Microsoft.Extensions.Options;
using Scoring.Limits;

namespace Scoring.Ticks;

/// <summary>The tick sources on which answers leave: one for sources, one for services.</summary>
internal sealed class ResponseTicks(IOptions<GatewayLimits> limits, TimeProvider time) : IAsyncDisposable
{
    /// <summary>Ticks for answers to sources, every <see cref="GatewayLimits.EventsTickMs"/>.</summary>
    public TickSource Events { get; } = new(TimeSpan.FromMilliseconds(limits.Value.EventsTickMs), time);

    /// <summary>Ticks for answers to services, every <see cref="GatewayLimits.ScoresTickMs"/>.</summary>
    public TickSource Scores { get; } = new(TimeSpan.FromMilliseconds(limits.Value.ScoresTickMs), time);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Events.DisposeAsync();
        await Scores.DisposeAsync();
    }
}
