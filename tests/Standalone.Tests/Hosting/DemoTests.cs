using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Scoring.City;
using Scoring.City.Demos;

namespace Scoring.Hosting;

/// <summary>Runs what <c>./run demo</c> runs, on the first rows of its files.</summary>
public sealed partial class DemoTests
{
    private static readonly (string Name, int Rows)[] Files =
        [("payments-tabformer-user0.csv", 150), ("traffic-nyc-2017.csv", 60), ("inspections-chicago-2020.csv", 30)];

    [Fact]
    public async Task The_demonstration_proves_every_export_offline_and_finds_no_mismatch()
    {
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(180));
        using var scratch = new ScratchFolder();
        foreach (var ((name, rows), text) in Files.Zip(SyntheticFiles.All("demo-tests")))
            await File.WriteAllLinesAsync(Path.Combine(scratch.Path, name), text.Split('\n').Take(1 + rows), timeout.Token);

        var (code, printed) = await Demo(timeout.Token, "--data", scratch.Path, "--vehicles", "12", "--seed", "demo-tests");

        code.ShouldBe(0, printed);
        printed.ShouldContain($"Replaying the sample files in {scratch.Path}.");
        var exports = Exports().Match(printed);
        exports.Success.ShouldBeTrue(printed);
        exports.Groups[1].Value.ShouldBe(exports.Groups[2].Value);
        Number(exports.Groups[2]).ShouldBeInRange(24, 100, "a few dozen subjects");
        Line("mismatches").ShouldBe(0);
        Line("refused").ShouldBe(0);
        Line("subjects compared").ShouldBeGreaterThanOrEqualTo(24);
        Line("queries compared").ShouldBeGreaterThanOrEqualTo(24);

        int Line(string name) => Number(Regex.Match(printed, $@"(?m)^\s*{name}\s+([\d,]+)\s*$").Groups[1]);
    }

    private static async Task<(int Code, string Printed)> Demo(CancellationToken cancellationToken, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in (string[])[
            typeof(CityException).Assembly.Location, "demo", "--assembly", typeof(StandaloneHost).Assembly.Location, .. arguments])
            start.ArgumentList.Add(argument);
        using var process = Process.Start(start)!;
        try
        {
            var errors = process.StandardError.ReadToEndAsync(cancellationToken);
            var printed = await process.StandardOutput.ReadToEndAsync(cancellationToken);
            await process.WaitForExitAsync(cancellationToken);
            return (process.ExitCode, printed + await errors);
        }
        finally
        {
            if (!process.HasExited) process.Kill(entireProcessTree: true);
        }
    }

    private static int Number(Capture text) => int.Parse(text.Value, NumberStyles.AllowThousands, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"exports proven offline\s+([\d,]+) of ([\d,]+)")]
    private static partial Regex Exports();
}
