using System.CommandLine;
using Scoring.Bench.Histories;
using Scoring.Bench.Measuring;

namespace Scoring.Bench.Rebuilds;

/// <summary>The command <c>rebuild</c>: measures how fast all folds are made again from the ledger.</summary>
public static class RebuildCommand
{
    /// <summary>Builds the command.</summary>
    public static Command Build() => HistoryCommand.Build(
        "rebuild", "Measure entries per second while all subjects are folded again without snapshots.", (10_000, 100, 64),
        (subjects, entries, parallel, settings, cancellationToken) =>
            new RebuildRun(subjects, entries, parallel, settings, Console.Error).Run(Figures.Print, cancellationToken));
}
