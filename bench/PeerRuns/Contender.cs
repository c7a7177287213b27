using Scoring.Bench.Loads;
using Scoring.Bench.Measuring;
using Scoring.City;
using Scoring.City.People;

namespace Scoring.Bench.PeerRuns;

/// <summary>One way to do the scoring job, as a process of its own. Its data stay from one start to the next.</summary>
/// <param name="name">Its name in results.</param>
internal abstract class Contender(string name) : IAsyncDisposable
{
    private static readonly TimeSpan ReadyMax = TimeSpan.FromSeconds(120);
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(50);

    public string Name => name;

    /// <summary>The base address of its HTTP API.</summary>
    public abstract Uri Address { get; }

    /// <summary>The token that events are sent with.</summary>
    public abstract string SourceToken { get; }

    /// <summary>Starts PostgreSQL and the process, and waits until it is ready.</summary>
    public abstract Task Start(CancellationToken cancellationToken);

    /// <summary>Starts the process again after it was killed, and waits until it is ready.</summary>
    public abstract Task Restart(CancellationToken cancellationToken);

    /// <summary>Ends the process by SIGKILL. PostgreSQL goes on.</summary>
    public abstract Task Kill();

    /// <summary>Stops the process and PostgreSQL in order.</summary>
    public abstract Task Stop(CancellationToken cancellationToken);

    /// <summary>Reads the score of each subject once, so that it is in memory where the contender keeps it there.</summary>
    public abstract Task Activate(IReadOnlyList<Resident> people, CancellationToken cancellationToken);

    /// <summary>Returns the plan to query the score of each subject once.</summary>
    public abstract Task<LoadPlan> Queries(IReadOnlyList<Resident> people, int parallel, CancellationToken cancellationToken);

    /// <summary>Returns how many events count of each subject.</summary>
    public abstract Task<long[]> Counts(IReadOnlyList<Resident> people, CancellationToken cancellationToken);

    /// <summary>Reads the processor time of the load process, the contender's process and PostgreSQL so far.</summary>
    public abstract ProcessorUse Read(double client);

    public abstract ValueTask DisposeAsync();

    /// <summary>Waits until the process is ready.</summary>
    /// <exception cref="CityException">It has ended, or takes too long.</exception>
    protected static async Task UntilReady(Uri address, Func<string?> findEnd, CancellationToken cancellationToken)
    {
        using var http = new HttpClient();
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(ReadyMax);
        using var beat = new PeriodicTimer(PollInterval);
        do
        {
            if (findEnd() is { } tail) throw new CityException($"A process ended at its start: {tail}");
            try
            {
                using var answer = await http.GetAsync(new Uri(address, "/health/ready"), timeout.Token);
                if (answer.IsSuccessStatusCode) return;
            }
            catch (HttpRequestException)
            {
                // It does not listen yet.
            }
        }
        while (await beat.WaitForNextTickAsync(timeout.Token));
    }
}
