using System.Text.Json;
using Scoring.Client;

namespace Scoring.Contests;

/// <summary>
/// The part that an administrator had in a programme's versions and in sources, by the public record. It may forbid to judge a contest,
/// which the platform decides when the case is opened.
/// </summary>
/// <param name="Versions">The numbers of the versions that they wrote or approved.</param>
/// <param name="Sources">The ids of the sources whose registration they proposed or approved.</param>
/// <param name="IsWhole">Whether the whole record was read; otherwise there may be more.</param>
public sealed record PriorPart(IReadOnlySet<int> Versions, IReadOnlySet<string> Sources, bool IsWhole)
{
    private const int PageSize = 500;
    private const int PagesMax = 20;
    private const string SourcePrefix = "source/";

    /// <summary>Reads the part of an administrator from a programme's record.</summary>
    public static async Task<PriorPart> Read(
        ProgrammesClient programmes, string programme, string administrator, CancellationToken cancellationToken)
    {
        var versions = new HashSet<int>();
        var sources = new HashSet<string>(StringComparer.Ordinal);
        long? after = null;
        for (var pages = 0; pages < PagesMax; pages++)
        {
            var page = await programmes.ReadRecord(programme, after, PageSize, cancellationToken);
            foreach (var act in page.Acts) Add(act, administrator, versions, sources);
            if (page.After is null) return new PriorPart(versions, sources, true);
            after = page.After;
        }
        return new PriorPart(versions, sources, false);
    }

    private static void Add(RecordedAdminAction act, string administrator, HashSet<int> versions, HashSet<string> sources)
    {
        if (act.Details is not { ValueKind: JsonValueKind.Object } details) return;
        if (act.By == administrator && Text(details, "registration") is { } registration
            && registration.StartsWith(SourcePrefix, StringComparison.Ordinal)) sources.Add(registration[SourcePrefix.Length..]);
        if (act.Act == "published" && details.TryGetProperty("number", out var number) && number.TryGetInt32(out var version)
            && (act.By == administrator || Text(details, "author") == administrator || Approved(details, administrator)))
            versions.Add(version);
    }

    private static bool Approved(JsonElement details, string administrator) =>
        details.TryGetProperty("approvals", out var approvals) && approvals.ValueKind == JsonValueKind.Array
        && approvals.EnumerateArray().Any(name => name.ValueKind == JsonValueKind.String && name.ValueEquals(administrator));

    private static string? Text(JsonElement details, string name) =>
        details.TryGetProperty(name, out var text) && text.ValueKind == JsonValueKind.String ? text.GetString() : null;
}
