namespace Scoring.Bench.Ingest;

/// <summary>How much the bench does.</summary>
/// <param name="Subjects">How many to enrol and wake.</param>
/// <param name="Events">How many events to send at most.</param>
/// <param name="Seconds">How long to send at most.</param>
/// <param name="Parallel">How many requests are under way at once.</param>
/// <param name="Settings">Settings of the platform beyond its defaults, as <c>--Section:Name=value</c>.</param>
public sealed record IngestOptions(int Subjects, int Events, int Seconds, int Parallel, IReadOnlyList<string> Settings);
