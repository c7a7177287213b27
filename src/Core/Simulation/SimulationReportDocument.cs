using System.Text.Json;
using Scoring.Administration;
using Scoring.Rules;

namespace Scoring.Simulation;

/// <summary>Writes simulation reports as canonical JSON (RFC 8785), reads them back, and hashes them.</summary>
public static class SimulationReportDocument
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    /// <summary>Writes a report in canonical JSON, UTF-8.</summary>
    public static byte[] Write(SimulationReport report) => CanonicalJson.Write(JsonSerializer.SerializeToElement(report, Json));

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <exception cref="JsonException">The document has another form.</exception>
    public static SimulationReport Read(ReadOnlySpan<byte> document) =>
        JsonSerializer.Deserialize<SimulationReport>(document, Json) ?? throw new JsonException("The report is empty.");

    /// <summary>The report as the public may see it: positions and entries are rounded down to a multiple of 256.</summary>
    public static SimulationReport Public(SimulationReport report) => report with
    {
        Positions = [.. report.Positions.Select(PublicPositions.RoundDown)],
        Entries = PublicPositions.RoundDown(report.Entries),
    };

    /// <summary>
    /// SHA-256 of the public report in canonical JSON, 64 lower-case hexadecimal digits, so that readers of the record can verify it.
    /// </summary>
    public static string Hash(SimulationReport report) => CanonicalJson.Hash(Write(Public(report)));
}
