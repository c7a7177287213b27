using Scoring.City.Platform;
using Scoring.City.Rows;
using Scoring.Verify.Scores;

namespace Scoring.City.Replays;

/// <summary>Sets the development clock, and waits until the API uses the new instant.</summary>
public sealed class ProgrammeClock(DevelopmentClock clock, PlatformClient participation)
{
    /// <summary>The longest wait until the API uses a new instant.</summary>
    public static readonly TimeSpan WaitMax = TimeSpan.FromSeconds(90);

    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(20);

    /// <summary>The instant that was set last.</summary>
    public DateTimeOffset Now { get; private set; } = DateTimeOffset.MinValue;

    /// <summary>Sets the clock. Returns when the programme's day is the day of the instant.</summary>
    /// <exception cref="CityException">The instant is before the clock, or the API does not use the instant in time.</exception>
    public async Task Set(DateTimeOffset instant, ProgrammeDocument programme, CancellationToken cancellationToken)
    {
        if (clock.Read() is { } before && before > instant)
        {
            throw new CityException(
                $"The platform's clock is at {DevelopmentClock.Text(before)} and cannot go back to {DevelopmentClock.Text(instant)}. "
                + "Start the platform on an empty data folder to replay these files.");
        }
        clock.Set(instant);
        Now = instant;
        var day = LocalTime.DayOf(instant, programme.Zone);
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(WaitMax);
        try
        {
            while (await participation.Today(programme.Id, timeout.Token) != day) await Task.Delay(PollInterval, timeout.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new CityException(
                $"The programme's day did not become {day:O}. Check that the platform runs with --Standalone:DevelopmentClock=true.");
        }
    }
}
