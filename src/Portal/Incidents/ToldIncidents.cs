using Scoring.Client;

namespace Scoring.Incidents;

/// <summary>Finds in the public record what participants were told about incidents.</summary>
internal static class ToldIncidents
{
    private const int PageSize = 500;
    private const int PagesMax = 20;

    /// <summary>Returns the notices among the first 10,000 acts, the newest first.</summary>
    public static async Task<IReadOnlyList<(RecordedAdminAction Act, IncidentNotice Notice)>> Read(
        ProgrammesClient programmes, string programme, CancellationToken cancellationToken)
    {
        var told = new List<(RecordedAdminAction, IncidentNotice)>();
        long? after = null;
        for (var pages = 0; pages < PagesMax; pages++)
        {
            var page = await programmes.ReadRecord(programme, after, PageSize, cancellationToken);
            foreach (var act in page.Acts)
                if (IncidentNotice.Of(act) is { } notice) told.Insert(0, (act, notice));
            if (page.After is null) break;
            after = page.After;
        }
        return told;
    }
}
