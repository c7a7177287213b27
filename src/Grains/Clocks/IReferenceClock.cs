namespace Scoring.Clocks;

/// <summary>Reads the times with which this machine's clock is compared.</summary>
public interface IReferenceClock
{
    /// <summary>Reads the database's clock and the instant of the newest checkpoint.</summary>
    Task<ReferenceTime> Read(CancellationToken cancellationToken);
}

/// <summary>The times that the database knows.</summary>
/// <param name="Database">The instant of the database's clock.</param>
/// <param name="NewestCheckpoint">
/// When the newest checkpoint was made, by the clock of the machine that made it; <see langword="null"/> when there is none.
/// </param>
public readonly record struct ReferenceTime(DateTimeOffset Database, DateTimeOffset? NewestCheckpoint);
