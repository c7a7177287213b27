using Microsoft.Extensions.Options;
using Scoring.Administration;
using Scoring.Ledger;
using Scoring.Programmes;
using Scoring.Subjects;

namespace Scoring.Simulation;

/// <summary>Runs a simulator over the ledger: few partitions at once, no faster than its limit, in the background.</summary>
internal sealed class LedgerSimulation(ISimulationLedger ledger, IOptions<SimulationOptions> options, TimeProvider machine)
{
    private const int StrideEntries = 2048;

    public SimulationOptions Options => options.Value;

    /// <summary>The last committed positions: a simulation begins with them.</summary>
    public Task<long[]> Positions(CancellationToken cancellationToken) => ledger.Positions(cancellationToken);

    /// <summary>Folds everything up to the positions.</summary>
    /// <param name="simulator">What to feed.</param>
    /// <param name="programme">Whose subjects.</param>
    /// <param name="positions">The last position of each partition, inclusive.</param>
    /// <param name="sharePercent">How many in 100 subjects; 100 for all.</param>
    /// <param name="tellPercent">Told how far it is, 0 to 99.</param>
    /// <param name="cancellationToken">Breaks off.</param>
    public async Task<SimulationReport> Run(
        Simulator simulator, ProgrammeId programme, long[] positions, int sharePercent, Action<int> tellPercent,
        CancellationToken cancellationToken)
    {
        var pace = new Pace(machine, options.Value.EntriesPerSecondMax, positions.Sum(), tellPercent);
        var parallel = new ParallelOptions
            { MaxDegreeOfParallelism = options.Value.PartitionsAtOnce, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(Enumerable.Range(0, positions.Length), parallel, async (partition, stop) =>
        {
            var fold = await Fold(simulator, programme, partition, positions[partition], sharePercent, pace, stop);
            lock (simulator) simulator.End(fold);
        });
        return simulator.Report([.. positions]);
    }

    /// <summary>Who has left by the end is not counted, even where entries of theirs were read before.</summary>
    private async Task<PartitionFold> Fold(
        Simulator simulator, ProgrammeId programme, int partition, long last, int sharePercent, Pace pace,
        CancellationToken cancellationToken)
    {
        var subjects = await ledger.Subjects(programme, partition, last, cancellationToken);
        var fold = simulator.Begin(
            sharePercent == 100 ? subjects : [.. subjects.Where(pair => SubjectSample.Has(pair.Subject, sharePercent))]);
        var (position, entries) = (0L, 0);
        await foreach (var entry in fold.IsEmpty ? AsyncEnumerable.Empty<Entry>() : ledger.Read(partition, last, cancellationToken))
        {
            fold.Take(entry);
            if (++entries < StrideEntries) continue;
            await pace.Went(entry.Position - position, entries, cancellationToken);
            (position, entries) = (entry.Position, 0);
        }
        await pace.Went(last - position, entries, cancellationToken);
        if (!fold.IsEmpty) fold.Keep((await ledger.Subjects(programme, partition, last, cancellationToken)).Select(pair => pair.Subject));
        return fold;
    }

    /// <summary>Counts what was read and waits where that was faster than allowed.</summary>
    private sealed class Pace(TimeProvider machine, int entriesPerSecondMax, long positions, Action<int> tellPercent)
    {
        private static readonly TimeSpan ShortestWait = TimeSpan.FromMilliseconds(5);

        private readonly long _start = machine.GetTimestamp();
        private long _positions;
        private long _entries;

        public async Task Went(long positionsOn, int entriesOn, CancellationToken cancellationToken)
        {
            cancellationToken.ThrowIfCancellationRequested();
            tellPercent((int)Math.Min(99, 100 * Interlocked.Add(ref _positions, positionsOn) / Math.Max(1, positions)));
            var due = TimeSpan.FromSeconds((double)Interlocked.Add(ref _entries, entriesOn) / entriesPerSecondMax);
            var early = due - machine.GetElapsedTime(_start);
            if (early > ShortestWait) await Task.Delay(early, machine, cancellationToken);
        }
    }
}
