using System.Globalization;
using System.Net;
using Scoring.City.Commands;
using Scoring.City.Loads;
using Scoring.City.Platform;
using Scoring.City.Replays;
using Scoring.City.Rows;

namespace Scoring.City.Drills;

/// <summary>Sends events about the residents of a drill, one batch after the other, until it is stopped.</summary>
public sealed class DrillLoad : IAsyncDisposable
{
    private const int BatchEvents = 25;

    private readonly CancellationTokenSource _stop = new();
    private readonly Task _sending;

    internal DrillLoad(Session session, DrillCity city) => _sending = Send(session, city);

    /// <summary>Lets events flow for a time, and at least until one more batch is acknowledged.</summary>
    public async Task Wait(TimeSpan time, CancellationToken cancellationToken)
    {
        await Task.WhenAny(_sending, Task.Delay(time, cancellationToken));
        if (_sending.IsFaulted) await _sending;
        cancellationToken.ThrowIfCancellationRequested();
    }

    /// <summary>Stops, after the answer to the last batch.</summary>
    public async Task Stop()
    {
        await _stop.CancelAsync();
        await _sending;
    }

    /// <summary>Sends events again, or for the first time. Returns whether they were acknowledged.</summary>
    public static async Task<bool> Send(
        Session session, IReadOnlyList<OutgoingEvent> ofOneSource, CancellationToken cancellationToken)
    {
        var token = session.Standalone.Sources.Single(source => source.Id == ofOneSource[0].Handle.Source).Token;
        var (status, _) = await session.Platform.SendEvents(token, CloudEvents.Batch(ofOneSource), cancellationToken);
        return status == HttpStatusCode.Accepted;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await Task.WhenAny(_sending);
        _stop.Dispose();
    }

    private async Task Send(Session session, DrillCity city)
    {
        var draw = new Random(1);
        for (var batch = 0; !_stop.IsCancellationRequested; batch++)
        {
            var people = city.Staying;
            var now = TimeProvider.System.GetUtcNow();
            var made = Enumerable.Range(0, BatchEvents).Select(i =>
            {
                var resident = people[draw.Next(people.Count)];
                var (type, data) = SyntheticEvents.Of(city.Programme.Id, draw);
                return new OutgoingEvent(
                    resident, resident.HandleFor(EventFamilies.Of(type)), type,
                    string.Create(CultureInfo.InvariantCulture, $"drill-{batch}-{i}"), now,
                    LocalTime.DayOf(now, city.Programme.Zone), data);
            });
            foreach (var source in made.ToArray().GroupBy(one => one.Handle.Source))
            {
                OutgoingEvent[] events = [.. source];
                if (await Send(session, events, CancellationToken.None)) city.Add(events);
            }
        }
    }
}
