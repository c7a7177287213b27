using Scoring.Faults;

namespace Scoring.Soaks;

/// <summary>What a run does.</summary>
/// <param name="Seed">The seed of all random choices.</param>
internal sealed record SoakOptions(int Seed)
{
    /// <summary>How long faults are injected; <see langword="null"/> to inject each of them once.</summary>
    public TimeSpan? Duration { get; init; }

    /// <summary>The kinds of faults.</summary>
    public IReadOnlyList<Fault> Faults { get; init; } = [.. Fault.All.Where(fault => fault.Weight > 0)];

    /// <summary>How many silos.</summary>
    public int Silos { get; init; } = 3;

    /// <summary>How many gateways.</summary>
    public int Gateways { get; init; } = 2;

    /// <summary>How many residents are enrolled.</summary>
    public int People { get; init; } = 60;

    /// <summary>The steady load, in events a second.</summary>
    public int EventsPerSecond { get; init; } = 800;

    /// <summary>How many events a batch has.</summary>
    public int BatchEvents { get; init; } = 25;

    /// <summary>The steady load of queries, in queries a second.</summary>
    public double QueriesPerSecond { get; init; } = 20;

    /// <summary>The longest pause between two faults, in seconds.</summary>
    public double PauseSecondsMax { get; init; } = 6;

    /// <summary>Whether a fault may begin before every gateway is ready again.</summary>
    public bool MayOverlap { get; init; } = true;

    /// <summary>The folder with the build that the cluster starts with; <see langword="null"/> for the tests' own.</summary>
    public string? PreviousBuild { get; init; }

    /// <summary>What came of the installation that <c>./test soak</c> tries first, for the report.</summary>
    public string? Installation { get; init; }

    /// <summary>The file that gets the history when the run fails.</summary>
    public string? HistoryFile { get; init; }
}
