using System.Diagnostics;
using System.Threading.Channels;
using Scoring.Bench.Ingest;
using Scoring.Bench.Platforms;
using Scoring.City;
using Scoring.City.People;
using Scoring.Client;

namespace Scoring.Bench.Freshness;

/// <summary>
/// Holds one subject's live stream open, sends one event about the subject after the other, and notes when the stream shows it. No other
/// event is about the subject, so the next notice of an event is of the one that was sent last.
/// </summary>
public sealed class NoticeProbe(BenchPlatform bench, ScoringClient api, Resident person, int number)
{
    private static readonly TimeSpan PauseMax = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan NoticeMax = TimeSpan.FromSeconds(30);

    private readonly Channel<long> _shown = Channel.CreateUnbounded<long>();
    private readonly TaskCompletionSource _isOpen = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The moments of each event.</summary>
    public List<(long SentAt, long AcceptedAt, long ShownAt)> Events { get; } = [];

    /// <summary>Completes when the stream has shown that the subject is enrolled.</summary>
    public Task IsOpen => _isOpen.Task;

    /// <summary>Reads the stream until it is cancelled.</summary>
    public async Task Listen(CancellationToken cancellationToken)
    {
        var token = bench.Session.Credentials.ParticipantToken(person.Participant);
        var subject = api.As(token).Subjects.Of(person.Programme, person.Ordinal!.Value);
        try
        {
            await foreach (var notice in subject.Listen(LiveNotice.Beginning, cancellationToken))
            {
                _isOpen.TrySetResult();
                if (notice.Notice?.Event is not null) _shown.Writer.TryWrite(Stopwatch.GetTimestamp());
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The bench is over.
        }
        catch (Exception exception)
        {
            _isOpen.TrySetException(exception);
            _shown.Writer.TryComplete(exception);
        }
    }

    /// <summary>Sends events at random moments until the time is over.</summary>
    /// <exception cref="CityException">The stream did not show an event.</exception>
    public async Task Send(Task over, CancellationToken cancellationToken)
    {
        var draw = new Random(20261130 + number);
        var events = bench.Session.Api.As(bench.SourceToken).Events;
        var round = (int.MaxValue / 2) + (number * 10_000);
        while (true)
        {
            await Task.WhenAny(over, Task.Delay(draw.NextDouble() * PauseMax, cancellationToken));
            if (over.IsCompleted) return;
            var (json, _) = PreparedBatches.Create([person], 1, TimeProvider.System.GetUtcNow(), bench.Programme.Zone, round++)[0];
            var sentAt = Stopwatch.GetTimestamp();
            await events.SendBatch(json, cancellationToken);
            var acceptedAt = Stopwatch.GetTimestamp();
            try
            {
                var shownAt = await _shown.Reader.ReadAsync(cancellationToken).AsTask().WaitAsync(NoticeMax, cancellationToken);
                Events.Add((sentAt, acceptedAt, shownAt));
            }
            catch (TimeoutException)
            {
                throw new CityException($"A stream did not show an event within {NoticeMax}.");
            }
        }
    }
}
