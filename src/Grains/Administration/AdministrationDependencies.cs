using System.Text.Json;
using Microsoft.Extensions.Options;
using Scoring.Programmes;
using Scoring.Rules;
using Scoring.Simulation;

namespace Scoring.Administration;

/// <summary>The services that the grains of administrators share.</summary>
internal sealed class AdministrationDependencies(
    IProgrammeStore store, ISimulationReportStore reports, ProgrammeClock clock, IOptions<PublicationOptions> options)
{
    public IProgrammeStore Store => store;

    public ISimulationReportStore Reports => reports;

    public DateTimeOffset Now => clock.Now;

    public PublicationOptions Options => options.Value;

    public PublicationLimits Limits => new(options.Value.NoticeDays, options.Value.FirstNoticeDays);

    /// <summary>Tells whether a text is a JSON object of at most <paramref name="bytesMax"/> bytes.</summary>
    public static bool IsObject(byte[]? json, int bytesMax)
    {
        if (json is null || json.Length > bytesMax) return false;
        try
        {
            using var parsed = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = 32 });
            return parsed.RootElement.ValueKind == JsonValueKind.Object;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
