using System.Diagnostics;
using Scoring.Bench.Histories;
using Scoring.Bench.Ingest;
using Scoring.Bench.Loads;
using Scoring.City.People;

namespace Scoring.Bench.PeerRuns;

/// <summary>The turns of one contender, and what was measured in them.</summary>
internal sealed class PeerTurns(Contender contender, IReadOnlyList<Resident> people, PeersOptions options, TextWriter progress)
{
    private static readonly TimeSpan KillAfter = TimeSpan.FromSeconds(1);

    private readonly List<LoadResult> _events = [];
    private readonly List<LoadResult> _queries = [];
    private int _wrong;
    private (int Sent, long Twice) _repeats;
    private (long Accepted, long Lost, int Unanswered, TimeSpan Ready) _kill;

    public string Name => contender.Name;

    /// <summary>Accepted events per second over all rounds.</summary>
    public double EventsPerSecond => (double)options.Events * options.Rounds / LoadResult.Join(_events).Took.TotalSeconds;

    /// <summary>Sends events and queries, and checks the answers.</summary>
    /// <param name="warmUp">Events that are sent first and not measured.</param>
    /// <param name="sent">The events that are measured.</param>
    /// <param name="expected">The scores after both.</param>
    /// <param name="cancellationToken">Cancels the turn.</param>
    public async Task Measure(EventRound warmUp, EventRound sent, ExpectedScores expected, CancellationToken cancellationToken)
    {
        await contender.Start(cancellationToken);
        await contender.Activate(people, cancellationToken);
        await SendAll(warmUp, cancellationToken);
        IReadOnlyList<Resident> some = [.. people.Take(BenchClient.WarmUps)];
        await Send(await contender.Queries(some, options.Parallel, cancellationToken), cancellationToken);
        _events.Add(await SendAll(sent, cancellationToken));
        var queries = await Send(await contender.Queries(people, options.Parallel, cancellationToken), cancellationToken);
        LoadAnswer.Require(queries.Answers, 200, "A query");
        _queries.Add(queries);
        _wrong += expected.CountWrong(queries.Answers);
        progress.WriteLine(
            $"{sent.Count:N0} events in {_events[^1].Took.TotalSeconds:N1} s, {queries.Sent:N0} queries in "
            + $"{queries.Took.TotalSeconds:N1} s");
        await contender.Stop(cancellationToken);
    }

    /// <summary>Sends events again, and kills the process under load.</summary>
    /// <param name="sent">Events that were accepted.</param>
    /// <param name="killed">Events during which the process is killed.</param>
    /// <param name="cancellationToken">Cancels the turn.</param>
    public async Task Check(EventRound sent, EventRound killed, CancellationToken cancellationToken)
    {
        await contender.Start(cancellationToken);
        var before = await contender.Counts(people, cancellationToken);
        await SendAll(sent, cancellationToken);
        var repeated = await contender.Counts(people, cancellationToken);
        _repeats = (sent.Count, repeated.Sum() - before.Sum());

        var answers = await KillUnder(killed, cancellationToken);
        var startedAt = Stopwatch.GetTimestamp();
        await contender.Restart(cancellationToken);
        var ready = Stopwatch.GetElapsedTime(startedAt);
        var counted = await contender.Counts(people, cancellationToken);
        var accepted = killed.Accepted(answers, people.Count);
        var lost = accepted.Select((count, person) => Math.Max(0, count - (counted[person] - repeated[person]))).Sum();
        _kill = (accepted.Sum(), lost, answers.Count(answer => answer.Status == LoadAnswer.Broken), ready);
        await contender.Stop(cancellationToken);
    }

    /// <summary>Returns the figures.</summary>
    /// <param name="platform">The turns of the platform.</param>
    public PeerResult Result(PeerTurns platform)
    {
        var events = LoadResult.Join(_events);
        var queries = LoadResult.Join(_queries);
        return new PeerResult(
            Name, Math.Round(EventsPerSecond), Math.Round(EventsPerSecond / platform.EventsPerSecond, 2), events.MsP50, events.MsP99,
            events.Use.Per((long)options.Events * options.Rounds), queries.PerSecond, queries.MsP99, queries.Use.Per(queries.Sent), _wrong,
            _repeats.Sent, _repeats.Twice, _kill.Accepted, _kill.Lost, _kill.Unanswered, Math.Round(_kill.Ready.TotalSeconds, 1),
            PeerFacts.Peers.TryGetValue(Name, out var facts) ? facts.Lacks : "");
    }

    private LoadPlan Plan(EventRound round) =>
        PreparedBatches.Plan(contender.Address, contender.SourceToken, round.Batches, options.Parallel);

    private async Task<LoadResult> SendAll(EventRound round, CancellationToken cancellationToken)
    {
        var load = await Send(Plan(round), cancellationToken);
        LoadAnswer.Require(load.Answers, 202, "A request");
        return load;
    }

    private async Task<LoadResult> Send(LoadPlan plan, CancellationToken cancellationToken)
    {
        var load = await MeasuredLoad.Send(plan, contender.Read, cancellationToken);
        return load.Result(load.After - load.Before);
    }

    /// <summary>Sends events, and kills the process meanwhile.</summary>
    private async Task<IReadOnlyList<LoadAnswer>> KillUnder(EventRound round, CancellationToken cancellationToken)
    {
        await using var load = await LoadProcess.Start(Plan(round), cancellationToken);
        var running = load.Run(cancellationToken);
        await Task.WhenAny(running, Task.Delay(KillAfter, cancellationToken));
        if (running.IsCompleted) progress.WriteLine("All events were answered before the process was killed.");
        await contender.Kill();
        return (await running).Answers;
    }
}
