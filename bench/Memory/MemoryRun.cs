using System.Runtime;
using Scoring.Bench.Histories;
using Scoring.Bench.Platforms;
using Scoring.Bench.Subjects;
using Scoring.City;

namespace Scoring.Bench.Memory;

/// <summary>
/// Enrols subjects and gives them a history. A tenth of them become active before memory is read the first time, so that the code and the
/// pools that all share do not count.
/// </summary>
public sealed class MemoryRun(int subjects, int entries, IReadOnlyList<string> settings, TextWriter progress)
{
    private const int Parallel = 64;

    /// <summary>Runs the bench. Reports the result before the platform stops.</summary>
    /// <exception cref="CityException">Another number of subjects became active.</exception>
    public async Task Run(Action<MemoryResult> report, CancellationToken cancellationToken)
    {
        await using var bench = await BenchPlatform.Start(settings, progress, cancellationToken);
        await Prepare(bench, cancellationToken);
        var calls = new SubjectCalls(bench);
        var all = await calls.ReadAll(cancellationToken);
        var first = Math.Max(1, all.Count / 10);
        await calls.Fold([.. all.Take(first)], Parallel, cancellationToken);
        await Settle(bench, cancellationToken);
        var before = Read();
        await calls.Fold([.. all.Skip(first)], Parallel, cancellationToken);
        await Settle(bench, cancellationToken);
        var after = Read();
        var count = all.Count - first;
        report(new MemoryResult(
            "memory", Environment.ProcessorCount, all.Count, entries, Math.Round((after.Managed - before.Managed) / (double)count),
            Math.Round((after.Resident - before.Resident) / (double)count), after.Managed, after.Resident));
        if (await calls.CountActive() is var active && active != all.Count)
            throw new CityException($"{active:N0} subjects are active of {all.Count:N0}.");
    }

    /// <summary>What the preparation holds is garbage when it returns.</summary>
    private async Task Prepare(BenchPlatform bench, CancellationToken cancellationToken)
    {
        var (people, _) = await bench.Client.Enrol(bench.Programme, subjects, cancellationToken);
        await new PreparedHistories(bench, people, entries).Send(cancellationToken);
    }

    /// <summary>Waits until no fold is counted any more. Snapshots are written behind the folds.</summary>
    private static async Task Settle(BenchPlatform bench, CancellationToken cancellationToken) =>
        await bench.Folds.WaitUntilStable(TimeSpan.FromSeconds(2), cancellationToken);

    private static (long Managed, long Resident) Read()
    {
        GCSettings.LargeObjectHeapCompactionMode = GCLargeObjectHeapCompactionMode.CompactOnce;
        GC.Collect(2, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        GC.WaitForPendingFinalizers();
        GC.Collect(2, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        return (GC.GetTotalMemory(forceFullCollection: false), Environment.WorkingSet);
    }
}
