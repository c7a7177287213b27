using System.Text.Json;
using Scoring.Bench.Enrolments;
using Scoring.Bench.Histories;
using Scoring.Bench.Loads;
using Scoring.Bench.Platforms;
using Scoring.City;
using Scoring.City.People;
using Scoring.Client;
using Scoring.Verify.Scores;

namespace Scoring.Bench.Queries;

/// <summary>Enrols subjects with a history and two grants each, and queries every score three times.</summary>
public sealed class QueriesRun(int subjects, int entries, int parallel, IReadOnlyList<string> settings, TextWriter progress)
{
    /// <summary>Runs the bench. Reports the result before the platform stops.</summary>
    /// <exception cref="CityException">An answer was wrong.</exception>
    public async Task Run(Action<QueriesResult> report, CancellationToken cancellationToken)
    {
        await using var bench = await BenchPlatform.Start(settings, progress, cancellationToken);
        var (people, _) = await bench.Client.Enrol(bench.Programme, subjects + BenchClient.WarmUps, cancellationToken);
        var histories = new PreparedHistories(bench, people, entries);
        await histories.Send(cancellationToken);
        var first = await bench.Client.Grant(people, bench.Service.Id, cancellationToken);
        var second = await bench.Client.Grant(people, bench.Service.Id, cancellationToken);
        ExpectedScore[] expected = [.. Enumerable.Range(0, subjects).Select(histories.ScoreOf)];
        LoadAnswer.Require((await bench.Send(Plan(bench, first[subjects..]), cancellationToken)).Answers, 200, "A query");

        var phases = new List<QueryPhase>();
        foreach (var (phase, grants) in new[] { ("cold", first), ("warm", second), ("repeated", second) })
        {
            var load = await bench.Send(Plan(bench, grants[..subjects]), cancellationToken);
            phases.Add(QueryPhase.Of(phase, load, CountWrong(load.Answers, expected)));
            progress.WriteLine($"{phase}: {load.Sent:N0} answers in {load.Took.TotalSeconds:N1} s");
        }
        report(new QueriesResult("queries", Environment.ProcessorCount, subjects, entries, parallel, phases));
        if (phases.Sum(phase => phase.Wrong) is > 0 and var wrong) throw new CityException($"{wrong:N0} answers are wrong.");
    }

    private LoadPlan Plan(BenchPlatform bench, string[] grants) => QueryPlans.Of(bench.Address, bench.Service.Token, grants, parallel);

    private static int CountWrong(IReadOnlyList<LoadAnswer> answers, ExpectedScore[] expected) => answers.Zip(expected).Count(pair =>
        pair.First.Status == 200
        && JsonSerializer.Deserialize<ScoreAnswer>(pair.First.Body, ScoringJson.Options) is var answer
        && (answer!.Score != pair.Second.Score || answer.Tier != pair.Second.Tier));
}
