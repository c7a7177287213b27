using System.Diagnostics;
using System.Text.Json.Nodes;
using Scoring.Bench.Measuring;
using Scoring.City;

namespace Scoring.Bench.Comparison;

/// <summary>A build of the bench in a folder.</summary>
public sealed class BuiltBench
{
    private const string Name = "Scoring.Bench";

    private readonly string _program;

    /// <summary>Finds the bench.</summary>
    /// <exception cref="CityException">There is none.</exception>
    public BuiltBench(string folder)
    {
        _program = Path.GetFullPath(Path.Combine(folder, OperatingSystem.IsWindows() ? $"{Name}.exe" : Name));
        if (!File.Exists(_program)) throw new CityException($"{folder} holds no built bench. Build it with: dotnet build -c Release bench");
    }

    /// <summary>Runs a bench to its end. Returns its figures that are numbers.</summary>
    /// <exception cref="CityException">The bench failed.</exception>
    public async Task<IReadOnlyDictionary<string, double>> Run(IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(_program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        await using var kill = cancellationToken.Register(() => process.Kill(entireProcessTree: true));
        var output = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
        var errors = await process.StandardError.ReadToEndAsync(CancellationToken.None);
        var lines = (await output).Split('\n');
        await process.WaitForExitAsync(CancellationToken.None);
        cancellationToken.ThrowIfCancellationRequested();
        if (process.ExitCode != 0) throw new CityException($"{_program} ended with {process.ExitCode}:\n{errors}");
        var json = lines.LastOrDefault(line => line.StartsWith('{')) ?? throw new CityException($"{_program} printed no result.");
        return Figures.Of(JsonNode.Parse(json)!)
            .Where(figure => figure.Value.GetValueKind() == System.Text.Json.JsonValueKind.Number)
            .ToDictionary(figure => figure.Name, figure => figure.Value.GetValue<double>());
    }
}
