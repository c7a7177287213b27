using System.Text.Json;
using Scoring.Bench.Enrolments;
using Scoring.Bench.Histories;
using Scoring.Bench.Loads;
using Scoring.Bench.Platforms;
using Scoring.City;
using Scoring.Client;
using Scoring.Verify.Scores;

namespace Scoring.Bench.Activations;

/// <summary>Enrols subjects, gives them a history, and lets each participant read the score for the first time.</summary>
public sealed class ActivateRun(int subjects, int entries, int parallel, IReadOnlyList<string> settings, TextWriter progress)
{
    /// <summary>Runs the bench. Reports the result before the platform stops.</summary>
    /// <exception cref="CityException">An answer was wrong.</exception>
    public async Task Run(Action<ActivateResult> report, CancellationToken cancellationToken)
    {
        await using var bench = await BenchPlatform.Start(settings, progress, cancellationToken);
        var (people, _) = await bench.Client.Enrol(bench.Programme, subjects + BenchClient.WarmUps, cancellationToken);
        var histories = new PreparedHistories(bench, people, entries);
        await histories.Send(cancellationToken);
        await bench.Client.Activate([.. people.Skip(subjects)], cancellationToken);

        var load = await bench.Send(EnrolmentPlans.Score(bench.Session, [.. people.Take(subjects)], parallel), cancellationToken);
        var wrong = load.Answers.Where((answer, person) => answer.Status == 200 && !IsRight(answer, histories.ScoreOf(person))).Count();
        report(new ActivateResult(
            "activate", Environment.ProcessorCount, load.Sent, entries, parallel, load.PerSecond, load.MsP50, load.MsP99,
            load.Errors(200), wrong, load.Use.Per(load.Sent)));
        if (wrong > 0) throw new CityException($"{wrong:N0} answers are wrong.");
    }

    private static bool IsRight(LoadAnswer answer, ExpectedScore expected)
    {
        var explanation = JsonSerializer.Deserialize<Explanation>(answer.Body, ScoringJson.Options)!;
        return explanation.Score == expected.Score && explanation.Tier == expected.Tier;
    }
}
