using Scoring.Administration;
using Scoring.Programmes;

namespace Scoring.Simulation;

/// <summary>Keeps reports in memory.</summary>
internal sealed class MemorySimulationReports : ISimulationReportStore
{
    private readonly Lock _gate = new();
    private readonly List<Row> _rows = [];

    public async Task Add(ProgrammeId programme, KeptReport report, int keptMax, CancellationToken cancellationToken)
    {
        await Task.Yield();
        lock (_gate)
        {
            if (!_rows.Exists(row => row.Programme == programme && row.Report.Draft == report.Draft && row.Report.Hash == report.Hash))
                _rows.Add(new Row(programme, report, null));
            foreach (var old in Draft(programme, report.Draft).Where(row => !row.Report.IsNamed).Skip(keptMax).ToArray()) _rows.Remove(old);
        }
    }

    public async Task<IReadOnlyList<KeptReport>> OfDraft(ProgrammeId programme, string draft, CancellationToken cancellationToken)
    {
        await Task.Yield();
        lock (_gate) return [.. Draft(programme, draft).Select(row => row.Report)];
    }

    public async Task<bool> Name(ProgrammeId programme, string draft, string report, CancellationToken cancellationToken)
    {
        await Task.Yield();
        lock (_gate) return Change(row => IsOf(row, programme, draft) && row.Report.Hash == report, row => Named(row, true)) > 0;
    }

    public async Task Forget(ProgrammeId programme, string? draft, CancellationToken cancellationToken)
    {
        await Task.Yield();
        lock (_gate)
        {
            _rows.RemoveAll(row => row.Programme == programme && row.Version is null && row.Report.Draft != draft);
            Change(row => row.Programme == programme && row.Version is null, row => Named(row, false));
        }
    }

    public async Task Publish(ProgrammeId programme, string draft, int version, CancellationToken cancellationToken)
    {
        await Task.Yield();
        lock (_gate)
        {
            Change(row => IsOf(row, programme, draft) && row.Report.IsNamed, row => row with { Version = version });
            _rows.RemoveAll(row => row.Programme == programme && row.Version is null);
        }
    }

    public async Task<PublishedReport?> OfVersion(ProgrammeId programme, string report, CancellationToken cancellationToken)
    {
        await Task.Yield();
        lock (_gate)
        {
            return _rows.FindLast(row => row.Programme == programme && row.Report.Hash == report && row.Version is not null) is { } row
                ? new PublishedReport(report, row.Version!.Value, row.Report.Draft, row.Report.At, row.Report.Report)
                : null;
        }
    }

    private static bool IsOf(Row row, ProgrammeId programme, string draft) =>
        row.Programme == programme && row.Version is null && row.Report.Draft == draft;

    private static Row Named(Row row, bool isNamed) => row with { Report = row.Report with { IsNamed = isNamed } };

    private IEnumerable<Row> Draft(ProgrammeId programme, string draft) =>
        Enumerable.Reverse(_rows).Where(row => IsOf(row, programme, draft));

    private int Change(Predicate<Row> filter, Func<Row, Row> change)
    {
        var changed = 0;
        for (var i = 0; i < _rows.Count; i++)
        {
            if (!filter(_rows[i])) continue;
            _rows[i] = change(_rows[i]);
            changed++;
        }
        return changed;
    }

    private sealed record Row(ProgrammeId Programme, KeptReport Report, int? Version);
}
