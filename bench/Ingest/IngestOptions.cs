namespace Scoring.Bench.Ingest;

/// <summary>Options of the bench.</summary>
/// <param name="Subjects">How many subjects to enrol and activate.</param>
/// <param name="Events">How many events to send at most.</param>
/// <param name="Seconds">How many seconds to send at most.</param>
/// <param name="Parallel">How many requests are sent concurrently.</param>
/// <param name="Batch">How many events a request holds.</param>
/// <param name="IsSkewed">Whether one subject gets 10 % of the events.</param>
/// <param name="Settings">Settings of the platform that differ from the defaults, as <c>--Section:Name=value</c>.</param>
public sealed record IngestOptions(
    int Subjects, int Events, int Seconds, int Parallel, int Batch, bool IsSkewed, IReadOnlyList<string> Settings);
