using System.Collections.Concurrent;
using Scoring.Processes;

namespace Scoring.Soaks;

/// <summary>Samples the memory of every silo and gateway each second.</summary>
internal sealed class MemoryWatch(SupervisedCluster cluster)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<string, long> _greatest = new();

    /// <summary>The most memory that each member had in RAM, in bytes.</summary>
    public IReadOnlyDictionary<string, long> Greatest => _greatest;

    /// <summary>Samples until it is cancelled.</summary>
    public async Task Run(CancellationToken stoppingToken)
    {
        using var beat = new PeriodicTimer(Interval);
        try
        {
            do
            {
                foreach (var member in cluster.Members)
                {
                    var bytes = member.ResidentBytes;
                    _greatest.AddOrUpdate(member.Name, bytes, (_, before) => Math.Max(before, bytes));
                }
            }
            while (await beat.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException)
        {
            // The run is over.
        }
    }
}
