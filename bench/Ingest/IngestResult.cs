using Scoring.Bench.Measuring;

namespace Scoring.Bench.Ingest;

/// <summary>The result of the bench.</summary>
/// <param name="Bench">The name of the bench.</param>
/// <param name="Cores">How many processors platform, database and client share.</param>
/// <param name="Subjects">How many subjects are enrolled and active.</param>
/// <param name="Events">How many distinct events were accepted.</param>
/// <param name="Batch">How many events a request holds.</param>
/// <param name="Skewed">Whether one subject gets 10 % of the events.</param>
/// <param name="Parallel">How many requests are sent concurrently.</param>
/// <param name="Errors">How many requests were not answered with 202.</param>
/// <param name="EnrolSeconds">How long it took to enrol the subjects over HTTP, each with a real proof.</param>
/// <param name="WakeSeconds">How long it took to activate the subjects; each participant reads the score.</param>
/// <param name="AcceptedPerSecond">Events per second, from the start of the first request to the last answer.</param>
/// <param name="FoldedPerSecond">Events per second, from the start of the first request until the last event is folded.</param>
/// <param name="CopyPerSecond">Rows per second of the binary COPY.</param>
/// <param name="Ratio">Folded events to copied rows.</param>
/// <param name="BatchMsP50">The median time of a request, in milliseconds.</param>
/// <param name="BatchMsP99">The 99th percentile of the time of a request, in milliseconds.</param>
/// <param name="CpuUs">The processor time of an event until it is folded, in microseconds.</param>
/// <param name="GcSeconds">How long garbage collection stopped the platform.</param>
/// <param name="CopyBytes">The bytes of the rows in the binary COPY format.</param>
public sealed record IngestResult(
    string Bench, int Cores, int Subjects, long Events, int Batch, bool Skewed, int Parallel, int Errors, double EnrolSeconds,
    double WakeSeconds, double AcceptedPerSecond, double FoldedPerSecond, double CopyPerSecond, double Ratio, double BatchMsP50,
    double BatchMsP99, ProcessorUs CpuUs, double GcSeconds, long CopyBytes);
