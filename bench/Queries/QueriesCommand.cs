using System.CommandLine;
using Scoring.Bench.Histories;
using Scoring.Bench.Measuring;

namespace Scoring.Bench.Queries;

/// <summary>The command <c>queries</c>: measures score queries of a service.</summary>
public static class QueriesCommand
{
    /// <summary>Builds the command.</summary>
    public static Command Build() => HistoryCommand.Build(
        "queries", "Measure a service's score queries: of inactive subjects, of active ones, and repeated.", (10_000, 10, 512),
        (subjects, entries, parallel, settings, cancellationToken) =>
            new QueriesRun(subjects, entries, parallel, settings, Console.Error).Run(Figures.Print, cancellationToken));
}
