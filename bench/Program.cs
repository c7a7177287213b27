using System.CommandLine;
using Scoring.Bench.Activations;
using Scoring.Bench.Clusters;
using Scoring.Bench.Comparison;
using Scoring.Bench.Enrolments;
using Scoring.Bench.Freshness;
using Scoring.Bench.Growth;
using Scoring.Bench.Ingest;
using Scoring.Bench.Loads;
using Scoring.Bench.Memory;
using Scoring.Bench.Neutral;
using Scoring.Bench.PeerRuns;
using Scoring.Bench.Portal;
using Scoring.Bench.Queries;
using Scoring.Bench.Rebuilds;
using Scoring.Bench.Sealing;
using Scoring.Bench.Simulation;
using Scoring.City;
using Scoring.Client;

try
{
    return await new RootCommand("Measure the platform, with client and database on this machine. Each bench prints one line of JSON.")
    {
        IngestCommand.Build(), QueriesCommand.Build(), EnrolCommand.Build(), ActivateCommand.Build(), RebuildCommand.Build(),
        MemoryCommand.Build(), GrowthCommand.Build(), FreshnessCommand.Build(), CompareCommand.Build(), SimulateCommand.Build(),
        NeutralCommand.Build(), SealCommand.Build(), PortalCommand.Build(), PeersCommand.Build(), ClusterCommand.Build(),
        SendCommand.Build(),
    }
        .Parse(args).InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
}
catch (Exception exception) when (exception is CityException or ScoringProblemException or HttpRequestException or TimeoutException)
{
    await Console.Error.WriteLineAsync(exception.Message);
    return 1;
}
