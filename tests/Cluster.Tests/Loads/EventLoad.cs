using Scoring.Histories;

namespace Scoring.Loads;

/// <summary>
/// Sends batches of events at a steady rate through all gateways. A batch is tried again until it is acknowledged; some are tried once
/// only, and some are sent twice concurrently.
/// </summary>
internal sealed class EventLoad(LoadTarget target, int seed)
{
    private const int AttemptsMax = 60;
    private static readonly TimeSpan BusyPause = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan UnansweredPause = TimeSpan.FromMilliseconds(100);

    private readonly Lock _lock = new();
    private long _next;
    private long _givenUp;

    /// <summary>How many batches were given up after all their attempts.</summary>
    public long GivenUp => Interlocked.Read(ref _givenUp);

    /// <summary>Sends at a rate until it is cancelled, and then waits for what is on its way.</summary>
    /// <param name="eventsPerSecond">The rate.</param>
    /// <param name="batchEvents">How many events a batch has. It divides <see cref="EventMaker.BlockEvents"/>.</param>
    /// <param name="parallelMax">How many batches are on their way at most. Past it, the load waits.</param>
    /// <param name="stoppingToken">Ends the load.</param>
    /// <param name="cancellationToken">Cancels also what is on its way.</param>
    public async Task Run(
        int eventsPerSecond, int batchEvents, int parallelMax, CancellationToken stoppingToken, CancellationToken cancellationToken)
    {
        using var places = new SemaphoreSlim(parallelMax);
        using var beat = new PeriodicTimer(TimeSpan.FromSeconds((double)batchEvents / eventsPerSecond));
        var sending = new List<Task>();
        try
        {
            while (await beat.WaitForNextTickAsync(stoppingToken))
            {
                await places.WaitAsync(stoppingToken);
                sending.RemoveAll(task => task.IsCompletedSuccessfully);
                sending.Add(SendAndLeave());
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The load is over.
        }
        await Task.WhenAll(sending);

        async Task SendAndLeave()
        {
            try
            {
                await SendBatch(batchEvents, cancellationToken);
            }
            finally
            {
                places.Release();
            }
        }
    }

    /// <summary>Sends as fast as this number of senders can, until it is cancelled. Nothing is sent twice or given up early.</summary>
    public Task RunAtMost(int senders, int batchEvents, CancellationToken stoppingToken, CancellationToken cancellationToken) =>
        Task.WhenAll(Enumerable.Range(0, senders).Select(async _ =>
        {
            while (!stoppingToken.IsCancellationRequested)
            {
                var first = Take(batchEvents);
                var draw = new Random((int)first);
                await SendUntilDone(first, batchEvents, TimeProvider.System.GetUtcNow(), AttemptsMax, draw, cancellationToken);
            }
        }));

    /// <summary>Sends the next batch once. Returns how it ended.</summary>
    public Task<Ending> SendOnce(int batchEvents, CancellationToken cancellationToken)
    {
        var first = Take(batchEvents);
        return Attempt(first, batchEvents, TimeProvider.System.GetUtcNow(), new Random((int)first), cancellationToken);
    }

    private async Task SendBatch(int count, CancellationToken cancellationToken)
    {
        var first = Take(count);
        var draw = new Random(seed ^ (int)first);
        var instant = TimeProvider.System.GetUtcNow();
        var attempts = draw.Next(20) == 0 ? 1 : AttemptsMax;
        if (draw.Next(20) != 0)
        {
            await SendUntilDone(first, count, instant, attempts, draw, cancellationToken);
            return;
        }
        await Task.WhenAll(
            SendUntilDone(first, count, instant, attempts, draw, cancellationToken),
            SendUntilDone(first, count, instant, attempts, new Random(draw.Next()), cancellationToken));
    }

    private async Task SendUntilDone(
        long first, int count, DateTimeOffset instant, int attempts, Random draw, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            var ending = await Attempt(first, count, instant, draw, cancellationToken);
            if (ending.Outcome == Outcome.Done) return;
            if (attempt == attempts)
            {
                if (attempts > 1) Interlocked.Increment(ref _givenUp);
                return;
            }
            await Task.Delay(ending.Outcome == Outcome.Unanswered ? UnansweredPause : BusyPause, cancellationToken);
        }
    }

    private async Task<Ending> Attempt(long first, int count, DateTimeOffset instant, Random draw, CancellationToken cancellationToken)
    {
        var (source, body) = target.Events.Batch(first, count, instant);
        var from = target.History.Now;
        var ending = await target.Client.Send(draw.Next(target.Client.Count), target.SourceTokens[source], body, cancellationToken);
        target.History.Add(new SendOperation(first, count, instant, from, target.History.Now, ending.Outcome, ending.Status));
        return ending;
    }

    /// <summary>Returns the first number of a batch. Batches of different sizes lie within blocks of the same source.</summary>
    private long Take(int count)
    {
        lock (_lock)
        {
            var first = (_next + count - 1) / count * count;
            _next = first + count;
            return first;
        }
    }
}
