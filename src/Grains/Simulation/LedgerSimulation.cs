using Microsoft.Extensions.Options;
using Scoring.Administration;
using Scoring.Ledger;
using Scoring.Programmes;
using Scoring.Subjects;

namespace Scoring.Simulation;

/// <summary>
/// Runs a simulator over the ledger in the background: a few partitions concurrently, and no faster than its limit.
/// </summary>
internal sealed class LedgerSimulation(ISimulationLedger ledger, IOptions<SimulationOptions> options, TimeProvider machine)
{
    private const int StrideEntries = 2048;

    public SimulationOptions Options => options.Value;

    /// <summary>Returns the last committed positions, up to which a simulation folds.</summary>
    public Task<long[]> Positions(CancellationToken cancellationToken) => ledger.Positions(cancellationToken);

    /// <summary>Folds all entries up to the positions.</summary>
    /// <param name="simulator">The simulator that folds the entries.</param>
    /// <param name="programme">The programme whose subjects are folded.</param>
    /// <param name="positions">The last position of each partition, inclusive.</param>
    /// <param name="sharePercent">The share of subjects in percent; 100 for all.</param>
    /// <param name="reportPercent">Gets the progress in percent, 0 to 99.</param>
    /// <param name="cancellationToken">Cancels the simulation.</param>
    public async Task<SimulationReport> Run(
        Simulator simulator, ProgrammeId programme, long[] positions, int sharePercent, Action<int> reportPercent,
        CancellationToken cancellationToken)
    {
        var pace = new Pace(machine, options.Value.EntriesPerSecondMax, positions.Sum(), reportPercent);
        var parallel = new ParallelOptions
            { MaxDegreeOfParallelism = options.Value.PartitionsAtOnce, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(Enumerable.Range(0, positions.Length), parallel, async (partition, stop) =>
        {
            var fold = await Fold(simulator, programme, partition, positions[partition], sharePercent, pace, stop);
            lock (simulator) simulator.End(fold);
        });
        return simulator.Report([.. positions]);
    }

    /// <summary>
    /// Folds one partition. A subject that has left by the end is not counted, even if some of its entries were read before.
    /// </summary>
    private async Task<PartitionFold> Fold(
        Simulator simulator, ProgrammeId programme, int partition, long last, int sharePercent, Pace pace,
        CancellationToken cancellationToken)
    {
        var subjects = await ledger.Subjects(programme, partition, last, cancellationToken);
        var fold = simulator.Begin(
            sharePercent == 100 ? subjects : [.. subjects.Where(pair => SubjectSample.Has(pair.Subject, sharePercent))]);
        var position = 0L;
        var entries = 0;
        await foreach (var entry in fold.IsEmpty ? AsyncEnumerable.Empty<Entry>() : ledger.Read(partition, last, cancellationToken))
        {
            fold.Take(entry);
            if (++entries < StrideEntries) continue;
            await pace.Advance(entry.Position - position, entries, cancellationToken);
            position = entry.Position;
            entries = 0;
        }
        await pace.Advance(last - position, entries, cancellationToken);
        if (!fold.IsEmpty) fold.Keep((await ledger.Subjects(programme, partition, last, cancellationToken)).Select(pair => pair.Subject));
        return fold;
    }

    /// <summary>Counts the entries that were read, reports the progress, and waits when the reads are faster than allowed.</summary>
    private sealed class Pace(TimeProvider machine, int entriesPerSecondMax, long positions, Action<int> reportPercent)
    {
        private static readonly TimeSpan ShortestWait = TimeSpan.FromMilliseconds(5);

        private readonly long _start = machine.GetTimestamp();
        private long _positions;
        private long _entries;

        public async Task Advance(long positionsRead, int entriesRead, CancellationToken cancellationToken)
        {
            cancellationToken.ThrowIfCancellationRequested();
            reportPercent((int)Math.Min(99, 100 * Interlocked.Add(ref _positions, positionsRead) / Math.Max(1, positions)));
            var due = TimeSpan.FromSeconds((double)Interlocked.Add(ref _entries, entriesRead) / entriesPerSecondMax);
            var early = due - machine.GetElapsedTime(_start);
            if (early > ShortestWait) await Task.Delay(early, machine, cancellationToken);
        }
    }
}
