using System.CommandLine;
using Scoring.City.Commands;

namespace Scoring.Bench.Platforms;

/// <summary>Options that several benches share.</summary>
public static class BenchOptions
{
    /// <summary>Returns the option for settings of the platform.</summary>
    public static Option<string[]> Settings() => new("--set")
    {
        Description = "A setting of the platform as Section:Name=value. Repeat it for several.",
    };

    /// <summary>Returns the settings in the form of a command line.</summary>
    public static IReadOnlyList<string> SettingsOf(ParseResult parsed, Option<string[]> option) =>
        [.. (parsed.GetValue(option) ?? []).Select(setting => "--" + setting)];

    /// <summary>Returns the option for the number of connections.</summary>
    public static Option<int> Parallel(int defaultValue) => CityOptions.Number(
        "--parallel", "How many requests to send concurrently, each over a connection of its own, 1 to 4,096.", defaultValue, 1, 4096);

    /// <summary>Returns the option for the number of subjects.</summary>
    public static Option<int> Subjects(int defaultValue) =>
        CityOptions.Number("--subjects", "How many subjects to enrol, 1 to 1,000,000.", defaultValue, 1, 1_000_000);

    /// <summary>Returns the option for the number of events of each subject.</summary>
    public static Option<int> Entries(int defaultValue) =>
        CityOptions.Number("--entries", "How many events each subject has, 1 to 100,000.", defaultValue, 1, 100_000);
}
