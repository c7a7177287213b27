using System.Globalization;
using Scoring.Faults;
using Scoring.Histories;
using Scoring.Loads;
using Scoring.Processes;

namespace Scoring.Soaks;

/// <summary>Runs a cluster under load and faults, and checks everything that it acknowledged and answered.</summary>
/// <param name="options">What it does.</param>
/// <param name="output">Takes the progress, line by line.</param>
internal sealed class SoakRun(SoakOptions options, Action<string> output)
{
    private const int ParallelMax = 64;
    private const int QueryWorkers = 8;

    // Two servers keep what the steady load brings, and overloads, each of a million and a half events or more.
    private const int DiskMiB = 1024;
    private const int DiskMiBForMinute = 150;
    private const int DiskMiBForOverloads = 3072;
    private const int FreeMiBMin = 128;

    // The window of an answer is one second, and a request in it may begin a little later than the one that opened it.
    private static readonly TimeSpan StaleMax = TimeSpan.FromSeconds(2);

    private readonly List<Recovery> _recoveries = [];
    private readonly FaultNotes _notes = new();

    /// <summary>Runs to the end. Returns the report.</summary>
    public async Task<SoakReport> Run(CancellationToken cancellationToken)
    {
        Say($"seed {options.Seed}");
        var skipped = options.Faults.Where(fault => fault.WhyNot is not null).ToDictionary(fault => fault.Name, fault => fault.WhyNot!);
        foreach (var (name, why) in skipped) Say($"skipped {name}: {why}");
        Fault[] kinds = [.. options.Faults.Where(fault => !skipped.ContainsKey(fault.Name))];
        var features = kinds.Aggregate(ClusterFeatures.None, (all, fault) => all | fault.Needs);
        var plan = new ClusterPlan(options.Silos, options.Gateways, features, options.PreviousBuild)
        {
            DiskMiB = DiskMiB + (int)(DiskMiBForMinute * (options.Duration?.TotalMinutes ?? 0))
                + (kinds.Any(kind => kind is Overload) ? DiskMiBForOverloads : 0),
        };
        await using var cluster = new SupervisedCluster();
        try
        {
            await cluster.Start(plan, cancellationToken);
            using var target = await LoadTarget.Enrol(cluster, options.People, options.Seed, cancellationToken);
            Say($"{options.Silos} silos, {options.Gateways} gateways and {target.Residents.Count} residents are ready");
            return await Run(cluster, target, kinds, skipped, cancellationToken);
        }
        catch (Exception)
        {
            Say(cluster.Tails);
            throw;
        }
    }

    private async Task<SoakReport> Run(
        SupervisedCluster cluster, LoadTarget target, Fault[] kinds, Dictionary<string, string> skipped,
        CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var load = new EventLoad(target, options.Seed);
        var queries = new QueryLoad(target, options.Seed);
        var context = new FaultContext(cluster, target, load, new Random(options.Seed), _notes);
        var memory = new MemoryWatch(cluster);
        Task[] clients =
        [
            load.Run(options.EventsPerSecond, options.BatchEvents, ParallelMax, stop.Token, cancellationToken),
            queries.Run(options.QueriesPerSecond, QueryWorkers, stop.Token, cancellationToken),
            memory.Run(stop.Token),
        ];
        await target.History.FirstAcknowledgedSince(TimeSpan.Zero).WaitAsync(cancellationToken);
        var runner = new FaultRunner(context, queries);
        foreach (var fault in Drawn(kinds, context.Draw))
        {
            if (target.History.Now > (options.Duration ?? TimeSpan.MaxValue)) break;
            await Inject(fault, runner, context, cancellationToken);
            foreach (var client in clients) if (client.IsFaulted) await client;
        }
        await cluster.UntilReady(cancellationToken);
        await stop.CancelAsync();
        await Task.WhenAll([.. clients, runner.Ended()]);

        Say("checking the ledger and every answer");
        var lastScores = await target.LastScores(cancellationToken);
        var checker = new Checker(target.History, () => new RunningScore(target.Programme), StaleMax);
        var result = await Task.Run(() => checker.Check(cluster.Ledger(), lastScores), cancellationToken);
        var report = new SoakReport(
            options.Seed, target.History, result, _recoveries, _notes, skipped, cluster.Endings, memory.Greatest,
            target.Client.BusyWithoutRetryAfter, load.GivenUp);
        if (report.HasPassed) return report;
        Say(cluster.Tails);
        if (options.HistoryFile is { } file) target.History.Write(file);
        return report;
    }

    private async Task Inject(Fault fault, FaultRunner runner, FaultContext context, CancellationToken cancellationToken)
    {
        if (!options.MayOverlap) await context.Cluster.UntilReady(cancellationToken);
        await context.Wait(0, options.PauseSecondsMax, cancellationToken);
        if (context.Cluster.Database.Disk is { FreeMiB: < FreeMiBMin })
            throw new InvalidOperationException("The file system of PostgreSQL is nearly full, although no fault fills it.");
        var recovery = await runner.Inject(fault, cancellationToken);
        _recoveries.Add(recovery);
        Say($"{recovery.At:hh\\:mm\\:ss} {fault.Name} of {recovery.Target} for {Seconds(recovery.Lasted)}: "
            + $"events again after {Seconds(recovery.Events)}, answers for all after {Seconds(recovery.Answers)}");
    }

    /// <summary>Every kind once in a random order, and then, when the run has a duration, kinds drawn by their weights for ever.</summary>
    private IEnumerable<Fault> Drawn(Fault[] kinds, Random draw)
    {
        var first = kinds.ToArray();
        draw.Shuffle(first);
        // An upgrade from an earlier build comes first. Then each kind of fault meets this build once, whatever is drawn later.
        var upgrades = options.PreviousBuild is not null;
        foreach (var fault in first.OrderBy(fault => upgrades && fault is RollingRestart ? 0 : 1)) yield return fault;
        if (options.Duration is null || kinds.Length == 0) yield break;
        Fault[] weighted = [.. kinds.SelectMany(fault => Enumerable.Repeat(fault, Math.Max(1, fault.Weight)))];
        while (true) yield return weighted[draw.Next(weighted.Length)];
    }

    private void Say(string line) => output(line);

    private static string Seconds(TimeSpan? time) =>
        time is { } some ? some.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture) + " s" : "never";
}
