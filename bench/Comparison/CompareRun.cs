namespace Scoring.Bench.Comparison;

/// <summary>
/// Runs two builds in turns: old, new, new, old, old, new, and so on, so that a machine that gets slower slows both.
/// </summary>
public sealed class CompareRun(BuiltBench before, BuiltBench after, IReadOnlyList<string> arguments, TextWriter progress)
{
    /// <summary>Runs each build a number of times.</summary>
    public async Task<CompareResult> Run(int rounds, CancellationToken cancellationToken)
    {
        var old = new List<IReadOnlyDictionary<string, double>>();
        var renewed = new List<IReadOnlyDictionary<string, double>>();
        for (var round = 0; round < rounds; round++)
        {
            if (round % 2 == 0) old.Add(await Run("OLD", before, round, cancellationToken));
            renewed.Add(await Run("NEW", after, round, cancellationToken));
            if (round % 2 == 1) old.Add(await Run("OLD", before, round, cancellationToken));
        }
        // Only figures that both builds give can be compared.
        var names = old[0].Keys.Where(name => old.Concat(renewed).All(run => run.ContainsKey(name)));
        return new CompareResult(
            "compare", Environment.ProcessorCount, string.Join(' ', arguments), rounds,
            [.. names.Select(name => ComparedFigure.Of(name, [.. old.Select(run => run[name])], [.. renewed.Select(run => run[name])]))]);
    }

    private async Task<IReadOnlyDictionary<string, double>> Run(
        string name, BuiltBench build, int round, CancellationToken cancellationToken)
    {
        progress.WriteLine($"round {round + 1}: {name}");
        return await build.Run(arguments, cancellationToken);
    }
}
