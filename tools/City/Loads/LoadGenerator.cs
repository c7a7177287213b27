using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using Scoring.City.People;
using Scoring.City.Platform;
using Scoring.City.Replays;
using Scoring.City.Rows;
using Scoring.Verify.Scores;

namespace Scoring.City.Loads;

/// <summary>
/// Sends synthetic events at a given rate for a given time. When the answers are too slow for the rate, it sends fewer events, because each
/// interval sends at most what may be in flight concurrently. So the duration stays as given.
/// </summary>
/// <param name="sender">Sends the events.</param>
/// <param name="clock">Returns the current instant of the platform's programmes.</param>
/// <param name="ratePerSecond">Events per second.</param>
/// <param name="seed">The seed of random choices.</param>
public sealed class LoadGenerator(EventSender sender, Func<DateTimeOffset> clock, int ratePerSecond, string seed)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(50);

    private readonly Random _draw = new(StableHash.Number(int.MaxValue, seed, "load"));
    private readonly string _run = Guid.NewGuid().ToString("N");
    private long _sent;

    /// <summary>Sends for the duration. Returns when the last batch is answered.</summary>
    public async Task Run(
        ProgrammeDocument programme, IReadOnlyList<Resident> people, TimeSpan duration, int parallelMax, Action<int> done,
        CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        using var free = new SemaphoreSlim(parallelMax);
        using var timer = new PeriodicTimer(Interval);
        var inFlight = new List<Task>();
        for (var elapsed = TimeSpan.Zero; elapsed < duration;)
        {
            await timer.WaitForNextTickAsync(cancellationToken);
            elapsed = Stopwatch.GetElapsedTime(started) is var now && now < duration ? now : duration;
            var due = (long)(ratePerSecond * elapsed.TotalSeconds) - _sent;
            foreach (var batch in Batches(programme, people, Math.Min(due, parallelMax * CloudEvents.BatchMax)))
            {
                await free.WaitAsync(cancellationToken);
                inFlight.Add(Send(batch, free, cancellationToken));
            }
            inFlight.RemoveAll(task => task.IsCompletedSuccessfully);
            done((int)elapsed.TotalSeconds);
        }
        await Task.WhenAll(inFlight);
    }

    private async Task Send(OutgoingEvent[] batch, SemaphoreSlim free, CancellationToken cancellationToken)
    {
        try
        {
            await sender.SendBatch(batch, _ => DateTimeOffset.MinValue, cancellationToken);
        }
        finally
        {
            free.Release();
        }
    }

    private IEnumerable<OutgoingEvent[]> Batches(ProgrammeDocument programme, IReadOnlyList<Resident> people, long due)
    {
        var at = clock();
        var day = LocalTime.DayOf(at, programme.Zone);
        var events = new List<OutgoingEvent>();
        for (var i = 0L; i < due; i++)
        {
            var resident = people[_draw.Next(people.Count)];
            var (type, data) = Draw(programme.Id, resident);
            var id = string.Create(CultureInfo.InvariantCulture, $"load-{_run}-{_sent++}");
            events.Add(new OutgoingEvent(resident, resident.HandleFor(EventFamilies.Of(type)), type, id, at, day, data));
        }
        return events.GroupBy(e => e.Handle.Source).SelectMany(source => source.Chunk(CloudEvents.BatchMax));
    }

    /// <summary>Draws an event of a source that knows the resident.</summary>
    private (string Type, JsonObject Data) Draw(string programme, Resident resident)
    {
        while (true)
        {
            var drawn = SyntheticEvents.Of(programme, _draw);
            if (resident.Handles.Any(handle => handle.Family == EventFamilies.Of(drawn.Type))) return drawn;
        }
    }
}
