using System.Globalization;
using Scoring.Bench.Histories;
using Scoring.Bench.Ingest;
using Scoring.Bench.Loads;
using Scoring.Bench.Queries;
using Scoring.City;
using Scoring.City.People;
using Scoring.City.Replays;
using Scoring.Verify.Scores;

namespace Scoring.Bench.Clusters;

/// <summary>
/// For each number of silos: starts a cluster on an empty database, enrols and activates subjects, and sends events in batches, events
/// alone, and score queries.
/// </summary>
public sealed class ClusterRun(ClusterOptions options, TextWriter progress)
{
    private const int BatchesParallel = 32;
    private const int CheckedMax = 500;

    private readonly List<ClusterPhase> _phases = [];

    /// <summary>Runs the bench.</summary>
    /// <exception cref="CityException">An answer was wrong, or an event is missing.</exception>
    public async Task<ClusterResult> Run(CancellationToken cancellationToken)
    {
        foreach (var silos in options.Silos)
        {
            progress.WriteLine($"silos: {silos}");
            await using var cluster = await BenchCluster.Start(silos, options.Settings, progress, cancellationToken);
            await Measure(cluster, silos, cancellationToken);
        }
        return new ClusterResult("cluster", Environment.ProcessorCount, options.Subjects, _phases);
    }

    private async Task Measure(BenchCluster cluster, int silos, CancellationToken cancellationToken)
    {
        var programme = await cluster.Session.Platform.Programme(ProgrammeNames.SafeDriver, cancellationToken);
        var service = cluster.Session.Standalone.Services.First(one => one.Programme == programme.Id);
        var (people, _) = await cluster.Client.Enrol(programme, options.Subjects, cancellationToken);
        await cluster.Client.Activate(people, cancellationToken);
        var grants = await cluster.Client.Grant(people, service.Id, cancellationToken);
        var expected = new ExpectedScores(programme, Math.Min(CheckedMax, people.Count));

        await Send("warm-up", CloudEvents.BatchMax, options.Events / 4, 0);
        await Send("warm-up", 1, options.Events / 40, 1);
        Record("batches", silos, options.Events, await Send("in batches", CloudEvents.BatchMax, options.Events, 2));
        Record("single events", silos, options.Events / 10, await Send("alone", 1, options.Events / 10, 3));
        var queries = await MeasuredLoad.Send(
            QueryPlans.Of(cluster.Address, service.Token, grants, options.Parallel), cluster.Read, cancellationToken);
        Record("queries", silos, grants.Length, queries);
        if (expected.CountWrong(queries.Answers) is > 0 and var wrong) throw new CityException($"{wrong:N0} answers are wrong.");

        async Task<MeasuredLoad<ClusterReading>> Send(string what, int batch, int events, int round)
        {
            var made = new EventRound(people, programme, events, batch, round);
            var plan = PreparedBatches.Plan(
                cluster.Address, cluster.SourceToken, made.Batches, batch == 1 ? options.Parallel : BatchesParallel);
            var before = await Stored();
            var load = await MeasuredLoad.Send(plan, cluster.Read, cancellationToken);
            LoadAnswer.Require(load.Answers, 202, "A request");
            if (await Stored() - before is var stored && stored != events)
                throw new CityException($"{events:N0} events were accepted, but the ledger holds {stored:N0}.");
            expected.Add(made);
            progress.WriteLine($"{events:N0} events {what} in {load.Took.TotalSeconds:N1} s");
            return load;
        }

        Task<long> Stored() => cluster.Count("SELECT count(*) FROM ledger.entry WHERE kind = 1", cancellationToken);
    }

    private void Record(string work, int silos, int count, MeasuredLoad<ClusterReading> load)
    {
        var perSecond = Math.Round(count / load.Took.TotalSeconds);
        var first = _phases.FirstOrDefault(phase => phase.Phase.StartsWith(work, StringComparison.Ordinal))?.PerSecond ?? perSecond;
        var counted = load.After.Counters - load.Before.Counters;
        var times = load.Result(default);
        _phases.Add(new ClusterPhase(
            string.Create(CultureInfo.InvariantCulture, $"{work}, {silos} silo{(silos == 1 ? "" : "s")}"), silos, count, perSecond,
            Math.Round(perSecond / first, 2), times.MsP50, times.MsP99, Math.Round(counted.Forwarded / (double)count, 2),
            counted.FallenBack, ClusterUs.Of(load.Before, load.After, count)));
    }
}
