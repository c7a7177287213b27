using Scoring.Client;
using Scoring.Notices;

namespace Scoring.Grants;

/// <summary>Finds when each grant was last used. A query's entry names its grant.</summary>
internal static class GrantUses
{
    /// <summary>Returns the instant of the newest query of each grant, by its id.</summary>
    /// <param name="entries">Entries, newest first.</param>
    public static IReadOnlyDictionary<string, DateTimeOffset> LastOf(IEnumerable<HistoryEntry> entries)
    {
        var last = new Dictionary<string, DateTimeOffset>(StringComparer.Ordinal);
        foreach (var entry in entries.Where(entry => entry.Kind == EntryKind.Queried))
        {
            var body = new NoticeBody(entry.Body);
            if (body.Text("grant") is { } grant && body.Instant("at") is { } at) last.TryAdd(grant, at);
        }
        return last;
    }
}
