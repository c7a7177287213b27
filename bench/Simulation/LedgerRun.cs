using System.Diagnostics;
using Microsoft.Extensions.Options;
using Scoring.Administration;
using Scoring.Programmes;
using Scoring.Storage;

namespace Scoring.Bench.Simulation;

/// <summary>The same over the ledger in PostgreSQL: read by the port, one partition after the other, folded on both sides.</summary>
public static class LedgerRun
{
    /// <summary>Starts the platform, fills its ledger, and simulates.</summary>
    public static async Task Run(
        int subjects, int entries, Action<SimulateResult> report, TextWriter progress, CancellationToken cancel)
    {
        await using var platform = await InProcess.Start([], cancel);
        var storage = platform.Services.GetRequiredService<IOptions<StorageOptions>>().Value;
        var ledger = platform.Services.GetRequiredService<ISimulationLedger>();
        var partitions = (await ledger.Positions(cancel)).Length;
        await LedgerFill.Run(storage.ConnectionString, partitions, subjects, entries, progress, cancel);

        var rules = SimulateRun.Rules();
        var (since, allocated) = (Stopwatch.GetTimestamp(), GC.GetTotalAllocatedBytes());
        var simulator = new Simulator(rules, SimulateRun.Day);
        var positions = await ledger.Positions(cancel);
        for (var partition = 0; partition < partitions; partition++)
        {
            var fold = simulator.Begin(await ledger.Subjects(ProgrammeId.Parse("safe-driver"), partition, cancel));
            await foreach (var entry in ledger.Read(partition, positions[partition], cancel)) fold.Take(entry);
            simulator.End(fold);
            progress.WriteLine($"{partition + 1} of {partitions} partitions simulated");
        }
        var folding = Stopwatch.GetElapsedTime(since);
        allocated = GC.GetTotalAllocatedBytes() - allocated;
        var reporting = Stopwatch.GetTimestamp();
        var result = simulator.Report([.. positions]);
        report(new SimulateResult(
            "simulate-database", subjects, result.Entries, partitions, Math.Round(folding.TotalSeconds, 2),
            Math.Round(result.Entries / folding.TotalSeconds), Math.Round((double)allocated / Math.Max(1, result.Entries), 1),
            Math.Round(Stopwatch.GetElapsedTime(reporting).TotalMilliseconds, 1), Process.GetCurrentProcess().PeakWorkingSet64 >> 20));
    }
}
