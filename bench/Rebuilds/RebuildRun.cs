using Scoring.Bench.Histories;
using Scoring.Bench.Platforms;
using Scoring.Bench.Subjects;
using Scoring.City;
using Scoring.City.Commands;

namespace Scoring.Bench.Rebuilds;

/// <summary>Enrols subjects, gives them a history, drops all snapshots, and folds every subject by its grain.</summary>
public sealed class RebuildRun(int subjects, int entries, int parallel, IReadOnlyList<string> settings, TextWriter progress)
{
    /// <summary>Runs the bench. Reports the result before the platform stops.</summary>
    /// <exception cref="CityException">Another number of entries was folded than the ledger holds.</exception>
    public async Task Run(Action<RebuildResult> report, CancellationToken cancellationToken)
    {
        await using var bench = await BenchPlatform.Start(settings, progress, cancellationToken);
        var (people, _) = await bench.Client.Enrol(bench.Programme, subjects, cancellationToken);
        await new PreparedHistories(bench, people, entries).Send(cancellationToken);
        await using (var drop = bench.Database.CreateCommand("DELETE FROM ledger.snapshot"))
            await drop.ExecuteNonQueryAsync(cancellationToken);
        var calls = new SubjectCalls(bench);
        var all = await calls.ReadAll(cancellationToken);
        var rows = await bench.Count("SELECT count(*) FROM ledger.entry WHERE subject IS NOT NULL", cancellationToken);
        if (await calls.CountActive() is > 0 and var active) throw new CityException($"{active:N0} subjects are active already.");

        GC.Collect();
        var foldedBefore = bench.Folds.Count;
        var before = bench.Time.Read();
        var (took, milliseconds) = await calls.Fold(all, parallel, cancellationToken);
        var use = bench.Time.Read() - before;
        var folded = bench.Folds.Count - foldedBefore;
        report(new RebuildResult(
            "rebuild", Environment.ProcessorCount, all.Count, folded, parallel, Math.Round(folded / took.TotalSeconds),
            Math.Round(all.Count / took.TotalSeconds), Math.Round(Percentiles.Of(milliseconds, 50), 1),
            Math.Round(Percentiles.Of(milliseconds, 99), 1), use.Per(folded)));
        if (folded != rows) throw new CityException($"{folded:N0} entries were folded, but the ledger holds {rows:N0}.");
    }
}
