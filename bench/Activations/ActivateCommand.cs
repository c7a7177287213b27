using System.CommandLine;
using Scoring.Bench.Histories;
using Scoring.Bench.Measuring;

namespace Scoring.Bench.Activations;

/// <summary>The command <c>activate</c>: measures the first reading of the score of inactive subjects.</summary>
public static class ActivateCommand
{
    /// <summary>Builds the command.</summary>
    public static Command Build() => HistoryCommand.Build(
        "activate", "Measure the first reading of the score of inactive subjects.", (10_000, 10, 64),
        (subjects, entries, parallel, settings, cancellationToken) =>
            new ActivateRun(subjects, entries, parallel, settings, Console.Error).Run(Figures.Print, cancellationToken));
}
