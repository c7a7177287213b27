using Scoring.Bench.Measuring;

namespace Scoring.Bench.Growth;

/// <summary>The result of the bench.</summary>
/// <param name="Bench">The name of the bench.</param>
/// <param name="Cores">How many processors platform, database and client share.</param>
/// <param name="Events">How many events were sent at each size.</param>
/// <param name="Parallel">How many requests are sent concurrently.</param>
/// <param name="Ratio">Events per second at the last size to those at the first.</param>
/// <param name="Sizes">The sizes.</param>
public sealed record GrowthResult(
    string Bench, int Cores, int Events, int Parallel, double Ratio, IReadOnlyList<GrowthSize> Sizes);

/// <summary>Ingestion at one size of the ledger.</summary>
/// <param name="Size">Subjects and events of the filled ledger.</param>
/// <param name="Subjects">How many subjects are enrolled.</param>
/// <param name="Entries">How many rows the ledger has before the first event is sent.</param>
/// <param name="Active">How many subjects are active.</param>
/// <param name="FillSeconds">How long the filling took.</param>
/// <param name="AcceptedPerSecond">Events per second, from the start of the first request to the last answer.</param>
/// <param name="MsP50">The median time of a request, in milliseconds.</param>
/// <param name="MsP99">The 99th percentile of the time of a request, in milliseconds.</param>
/// <param name="CpuUs">The processor time of an event, in microseconds.</param>
public sealed record GrowthSize(
    string Size, long Subjects, long Entries, int Active, double FillSeconds, double AcceptedPerSecond, double MsP50, double MsP99,
    ProcessorUs CpuUs);
