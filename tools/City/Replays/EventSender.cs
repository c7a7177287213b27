using System.Diagnostics;
using System.Net;
using Scoring.City.Expected;
using Scoring.City.Platform;
using Scoring.Verify.Scores;

namespace Scoring.City.Replays;

/// <summary>Sends events in batches, several concurrently, each with the token of its source, and counts the answers.</summary>
public sealed class EventSender(StandaloneFile standalone, PlatformClient participation, ExpectedEvents expectedEvents, int parallelMax)
{
    private const int ReasonsMax = 5;

    private readonly Dictionary<string, string> _tokens = standalone.Sources.ToDictionary(s => s.Id, s => s.Token);
    private readonly Lock _lock = new();
    private readonly List<double> _latenciesMs = [];
    private readonly List<string> _reasons = [];

    /// <summary>How many events were answered with 202, repetitions included.</summary>
    public long Accepted { get; private set; }

    /// <summary>How many events were in refused batches.</summary>
    public long Refused { get; private set; }

    /// <summary>The total time of all calls to <see cref="Send"/>.</summary>
    public TimeSpan Busy { get; private set; }

    /// <summary>The answers to the first few refused batches.</summary>
    public IReadOnlyList<string> Reasons => _reasons;

    /// <summary>How long the answer to each batch took, in milliseconds.</summary>
    public IReadOnlyList<double> LatenciesMs => _latenciesMs;

    /// <summary>Sends events in their order. Returns when every batch is answered.</summary>
    /// <param name="events">The events.</param>
    /// <param name="handleStart">Returns the instant from which events about the event's handle count.</param>
    /// <param name="cancellationToken">Stops sending.</param>
    public async Task Send(
        IReadOnlyList<OutgoingEvent> events, Func<OutgoingEvent, DateTimeOffset> handleStart, CancellationToken cancellationToken)
    {
        var batches = events.GroupBy(e => e.Handle.Source).SelectMany(source => source.Chunk(CloudEvents.BatchMax)).ToArray();
        var since = Stopwatch.GetTimestamp();
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = parallelMax, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(batches, parallel, async (batch, stop) => await SendBatch(batch, handleStart, stop));
        Busy += Stopwatch.GetElapsedTime(since);
    }

    /// <summary>Sends one batch of one source, and counts the answer.</summary>
    public async Task SendBatch(
        IReadOnlyList<OutgoingEvent> batch, Func<OutgoingEvent, DateTimeOffset> handleStart, CancellationToken cancellationToken)
    {
        var body = CloudEvents.Batch(batch);
        var since = Stopwatch.GetTimestamp();
        var (status, answer) = await participation.SendEvents(_tokens[batch[0].Handle.Source], body, cancellationToken);
        var took = Stopwatch.GetElapsedTime(since);
        lock (_lock)
        {
            _latenciesMs.Add(took.TotalMilliseconds);
            if (status == HttpStatusCode.Accepted)
            {
                Accepted += batch.Count;
                foreach (var sent in batch)
                    expectedEvents.Add(
                        sent.Resident, handleStart(sent), sent.Handle.Source, sent.Id, sent.Instant,
                        new CountedEvent(sent.Type, sent.Day, sent.Data));
            }
            else
            {
                Refused += batch.Count;
                if (_reasons.Count < ReasonsMax) _reasons.Add($"{(int)status} {answer}");
            }
        }
    }
}
