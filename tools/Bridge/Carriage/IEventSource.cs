namespace Scoring.Bridge.Carriage;

/// <summary>Where events come from. It forgets a delivery only after that was settled.</summary>
internal interface IEventSource : IAsyncDisposable
{
    /// <summary>What waits at the origin, as far as it tells: messages, or files.</summary>
    long Lag { get; }

    /// <summary>Adds deliveries to the buffer while it has room, and acknowledges what is settled, until it is cancelled.</summary>
    /// <exception cref="Settings.SettingsException">The origin cannot be used as it is set up.</exception>
    Task Read(EventBuffer buffer, CancellationToken cancellationToken);

    /// <summary>Acknowledges what was settled since. Called once, after the last batch.</summary>
    Task Finish(CancellationToken cancellationToken);
}
