using System.Globalization;
using System.Net;
using Scoring.City.Commands;
using Scoring.City.Expected;
using Scoring.City.Loads;
using Scoring.City.People;
using Scoring.City.Platform;
using Scoring.City.Replays;
using Scoring.City.Rows;
using Scoring.Verify.Scores;

namespace Scoring.Cluster;

/// <summary>Synthetic events of driving in batches, each event with its own id, and the sender of them.</summary>
internal sealed class Traffic
{
    private const int BatchEvents = 25;

    private readonly Session _session;
    private readonly Dictionary<string, string> _tokens;
    private int _accepted;

    /// <summary>Draws this number of batches about enrolled residents; every event happens now.</summary>
    public Traffic(Session session, ProgrammeDocument programme, IReadOnlyList<Resident> people, int batches)
    {
        _session = session;
        _tokens = session.Standalone.Sources.ToDictionary(source => source.Id, source => source.Token);
        var draw = new Random(4711);
        var at = TimeProvider.System.GetUtcNow();
        var day = LocalTime.DayOf(at, programme.Zone);
        var events = Enumerable.Range(0, batches * BatchEvents).Select(i =>
        {
            var resident = people[draw.Next(people.Count)];
            var (type, data) = SyntheticEvents.Of(programme.Id, draw);
            var id = string.Create(CultureInfo.InvariantCulture, $"cluster-{i}");
            return new OutgoingEvent(resident, resident.HandleFor(EventFamilies.Of(type)), type, id, at, day, data);
        });
        Batches = [.. events.GroupBy(one => one.Handle.Source).SelectMany(source => source.Chunk(BatchEvents))];
        draw.Shuffle(Batches);
    }

    public OutgoingEvent[][] Batches { get; }

    /// <summary>The number of batches accepted so far, repetitions included.</summary>
    public int Accepted => Volatile.Read(ref _accepted);

    /// <summary>Sends every batch until it is accepted, several batches concurrently; calls back after each.</summary>
    public Task Send(int parallelMax, Action<int> accepted, CancellationToken cancellationToken) => Parallel.ForEachAsync(
        Batches, new ParallelOptions { MaxDegreeOfParallelism = parallelMax, CancellationToken = cancellationToken }, async (batch, stop) =>
        {
            await SendBatch(batch, _session.Platform, stop);
            accepted(Interlocked.Increment(ref _accepted));
        });

    /// <summary>Sends one batch until it is accepted; an answer other than accepted, busy or unavailable fails the test.</summary>
    public async Task SendBatch(OutgoingEvent[] batch, PlatformClient participation, CancellationToken cancellationToken)
    {
        var (status, answer) = await participation.SendEvents(_tokens[batch[0].Handle.Source], CloudEvents.Batch(batch), cancellationToken);
        status.ShouldBe(HttpStatusCode.Accepted, answer);
        foreach (var one in batch)
            _session.ExpectedEvents.Add(
                one.Resident, DateTimeOffset.MinValue, one.Handle.Source, one.Id, one.Instant,
                new CountedEvent(one.Type, one.Day, one.Data));
    }
}
