using System.CommandLine;
using Scoring.Bench.Measuring;
using Scoring.City.Commands;

namespace Scoring.Bench.Comparison;

/// <summary>The command <c>compare</c>: runs a bench of two builds in turns, and says whether the new one is slower.</summary>
public static class CompareCommand
{
    /// <summary>Builds the command.</summary>
    public static Command Build()
    {
        var before = new Argument<string>("OLD") { Description = "The folder of a built bench." };
        var after = new Argument<string>("NEW") { Description = "The folder of another built bench." };
        var rounds = CityOptions.Number("--rounds", "How often each build runs, 2 to 20.", 3, 2, 20);
        var bench = new Argument<string[]>("COMMAND")
        {
            Description = "Behind --: the bench's command and its options.", Arity = ArgumentArity.OneOrMore,
        };
        var command = new Command("compare", "Run a bench of two builds in turns, and say whether the new build is slower.")
        {
            before, after, rounds, bench,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var run = new CompareRun(
                new BuiltBench(parsed.GetValue(before)!), new BuiltBench(parsed.GetValue(after)!), parsed.GetValue(bench)!, Console.Error);
            var result = await run.Run(parsed.GetValue(rounds), cancellationToken);
            result.Write(Console.Error);
            Console.WriteLine(result.ToJson());
            return result.Slower.Count > 0 ? 1 : 0;
        });
        return command;
    }
}
