using System.Text.Json;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Scoring.Programmes;
using Scoring.Rules;

namespace Scoring.Administration;

/// <summary>What the grains of administrators share.</summary>
internal sealed partial class AdministrationServices(
    IProgrammeStore store, ProgrammeClock clock, IOptions<PublicationOptions> options, ILogger<AdministrationServices> log,
    IProgrammeNews? news = null)
{
    public IProgrammeStore Store => store;

    public DateTimeOffset Now => clock.Now;

    public PublicationOptions Options => options.Value;

    public PublicationLimits Limits => new(options.Value.NoticeDays, options.Value.FirstNoticeDays);

    /// <summary>This silo need not wait for its next look. What has taken effect stays so when the look fails.</summary>
    public async Task Tell()
    {
        if (news is null) return;
        try
        {
            await news.Renew(CancellationToken.None);
        }
        catch (Exception surprise)
        {
            LogNotTold(log, surprise.GetType().Name);
        }
    }

    /// <summary>Whether a text is a JSON object and not too large.</summary>
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

    [LoggerMessage(2301, LogLevel.Warning, "An administrator's act took effect, but this silo could not look at once: {Surprise}")]
    private static partial void LogNotTold(ILogger logger, string surprise);
}
