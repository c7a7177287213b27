using System.CommandLine;
using Scoring.City.Commands;

namespace Scoring.Bench.Neutral;

/// <summary>The command <c>neutral</c>: measures whether the times of neutral answers differ.</summary>
public static class NeutralCommand
{
    private const double Alpha = 0.01;

    /// <summary>Builds the command.</summary>
    public static Command Build()
    {
        var pairs = CityOptions.Number("--pairs", "How many answers of each kind in each condition, 0 to 100,000.", 10_000, 0, 100_000);
        var batches = CityOptions.Number(
            "--batches", "How many batches of each size and kind in each condition, 0 to 100,000.", 500, 0, 100_000);
        var people = CityOptions.Number("--people", "How many subjects in each group, 10 to 10,000.", 100, 10, 10_000);
        var parallel = CityOptions.Number("--parallel", "How many requests to send concurrently, 1 to 256.", 32, 1, 256);
        var command = new Command(
            "neutral", "Compare the times of neutral answers: each kind with an unknown subject, cold and warm, idle and under load.")
        {
            pairs, batches, people, parallel,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var options = new NeutralOptions(
                parsed.GetValue(pairs), parsed.GetValue(batches), parsed.GetValue(people), parsed.GetValue(parallel), Alpha);
            var result = await new NeutralRun(options, Console.Error).Run(cancellationToken);
            result.Write(Console.Error);
            Console.WriteLine(result.ToJson());
            return result.Differences.Count > 0 || result.Blind.Count > 0 ? 1 : 0;
        });
        return command;
    }
}
