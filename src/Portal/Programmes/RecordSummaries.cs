using System.Collections.Concurrent;
using Scoring.Client;

namespace Scoring.Programmes;

/// <summary>
/// Keeps the records of programmes in short. A record is public, the same for everyone, and only grows: what was read stays true, so a page
/// reads on from there.
/// </summary>
internal sealed class RecordSummaries
{
    private const int PageSize = 500;

    /// <summary>How many pages one request reads. The next request continues a longer record.</summary>
    private const int PagesMax = 20;

    private readonly ConcurrentDictionary<string, RecordSummary> _kept = new(StringComparer.Ordinal);

    /// <summary>Returns a programme's record in short.</summary>
    public async Task<RecordSummary> Read(ProgrammesClient calls, string programme, string zoneName, CancellationToken cancellationToken)
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById(zoneName);
        var summary = _kept.GetValueOrDefault(programme) ?? RecordSummary.Empty;
        for (var page = 0; page < PagesMax; page++)
        {
            var read = await calls.ReadRecord(programme, summary.ReadTo == 0 ? null : summary.ReadTo, PageSize, cancellationToken);
            summary = read.Acts.Aggregate(summary, (sum, act) => sum.With(act, zone));
            if (read.After is null) break;
        }
        // Of two requests at the same time, the one that has read more is kept.
        return _kept.AddOrUpdate(programme, summary, (_, kept) => kept.ReadTo > summary.ReadTo ? kept : summary);
    }
}
