using Scoring.Loads;
using Scoring.Processes;

namespace Scoring.Faults;

/// <summary>What a fault acts on.</summary>
/// <param name="Cluster">The cluster.</param>
/// <param name="Target">The residents, the clients and the history.</param>
/// <param name="Load">The sender of events.</param>
/// <param name="Draw">The source of random choices, from the printed seed.</param>
/// <param name="Report">Takes lines of the report.</param>
internal sealed record FaultContext(SupervisedCluster Cluster, LoadTarget Target, EventLoad Load, Random Draw, FaultNotes Report)
{
    /// <summary>Draws a member.</summary>
    public Member One(IReadOnlyList<Member> members) => members[Draw.Next(members.Count)];

    /// <summary>Waits for a random time between two numbers of seconds.</summary>
    public Task Wait(double from, double to, CancellationToken cancellationToken) =>
        Task.Delay(TimeSpan.FromSeconds(from + Draw.NextDouble() * (to - from)), cancellationToken);

    /// <summary>Reports that the platform did not do what the fault expects. The run fails.</summary>
    public void Fail(string finding) => Report.Failures.Add(finding);

    /// <summary>Adds a line to the report.</summary>
    public void Note(string line) => Report.Lines.Add(line);
}

/// <summary>What faults report.</summary>
internal sealed class FaultNotes
{
    /// <summary>What the platform did not do. Any of them fails the run.</summary>
    public List<string> Failures { get; } = [];

    /// <summary>Measured figures.</summary>
    public List<string> Lines { get; } = [];
}
