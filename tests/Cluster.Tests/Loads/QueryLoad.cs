using Scoring.Histories;

namespace Scoring.Loads;

/// <summary>Queries residents drawn at random through all gateways, until it is cancelled.</summary>
internal sealed class QueryLoad(LoadTarget target, int seed)
{
    private readonly Random _samples = new(seed);

    /// <summary>Queries at a rate.</summary>
    /// <param name="perSecond">How many queries a second.</param>
    /// <param name="workers">How many queries are on their way at most.</param>
    /// <param name="stoppingToken">Ends the load.</param>
    /// <param name="cancellationToken">Cancels also what is on its way.</param>
    public Task Run(double perSecond, int workers, CancellationToken stoppingToken, CancellationToken cancellationToken) =>
        Task.WhenAll(Enumerable.Range(0, workers).Select(async worker =>
        {
            var draw = new Random(seed + worker);
            using var beat = new PeriodicTimer(TimeSpan.FromSeconds(workers / perSecond));
            try
            {
                while (await beat.WaitForNextTickAsync(stoppingToken))
                    await target.Query(draw.Next(target.Residents.Count), draw.Next(target.Client.Count), cancellationToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                // The load is over.
            }
        }));

    /// <summary>
    /// Queries a sample of residents, each until it is answered. Returns when the last of them was answered.
    /// </summary>
    public async Task<TimeSpan> UntilAnswered(int sample, CancellationToken cancellationToken)
    {
        var all = Enumerable.Range(0, target.Residents.Count).ToArray();
        _samples.Shuffle(all);
        await Task.WhenAll(all.Take(sample).Select(resident => target.QueryUntilAnswered(resident, cancellationToken)));
        return target.History.Now;
    }
}
