using Scoring.City.Platform;
using Scoring.City.Rows;
using Scoring.Verify.Scores;

namespace Scoring.City.Replays;

/// <summary>Moves the development clock and waits until the API goes by it.</summary>
public sealed class ProgrammeClock(DevelopmentClock clock, PlatformClient participation)
{
    /// <summary>How long the API may take to go by a new instant.</summary>
    public static readonly TimeSpan WaitMax = TimeSpan.FromSeconds(90);

    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(20);

    /// <summary>The instant set last.</summary>
    public DateTimeOffset Now { get; private set; } = DateTimeOffset.MinValue;

    /// <summary>Sets the clock and returns once the programme's day is the instant's.</summary>
    /// <exception cref="CityException">The API does not follow, or would have to go back, which its clock never does.</exception>
    public async Task Set(DateTimeOffset instant, ProgrammeDocument programme, CancellationToken cancellationToken)
    {
        if (clock.Read() is { } before && before > instant)
        {
            throw new CityException(
                $"The platform's clock stands at {DevelopmentClock.Text(before)} and never goes back to " +
                $"{DevelopmentClock.Text(instant)}: " +
                "start the platform on fresh data to replay this past.");
        }
        clock.Set(instant);
        Now = instant;
        var day = LocalTime.DayOf(instant, programme.Zone);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(WaitMax);
        try
        {
            while (await participation.Today(programme.Id, patience.Token) != day) await Task.Delay(Between, patience.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new CityException($"The programme's day did not become {day:O}: does the platform go by the clock file?");
        }
    }
}
