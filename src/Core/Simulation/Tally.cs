using System.Collections.Immutable;
using Scoring.Administration;
using Scoring.Programmes;
using Scoring.Rules;

namespace Scoring.Simulation;

/// <summary>What one subject adds to the counts.</summary>
internal readonly record struct SubjectObservation(long Now, long Then, int TierNow, int TierThen, long DaysEnrolled, long Events);

/// <summary>Counts of subjects, and nothing about any one of them.</summary>
internal sealed class Tally
{
    private readonly string[] _tiersNow;
    private readonly string[] _tiersThen;
    private readonly RangeCell[] _now;
    private readonly RangeCell[] _then;
    private readonly RangeCell[] _falling;
    private readonly RangeCell[] _same;
    private readonly RangeCell[] _rising;
    private readonly RangeCell[] _byEnrolment = [.. Ranges.DaysEnrolled];
    private readonly RangeCell[] _byActivity = [.. Ranges.Events];
    private readonly long[] _crossings;
    private long _subjects;

    public Tally(Programme programme, RuleSet now, RuleSet then)
    {
        _tiersNow = [.. now.Tiers.Select(tier => tier.Name)];
        _tiersThen = [.. then.Tiers.Select(tier => tier.Name)];
        _now = [.. Ranges.Scores(programme.Floor, programme.Ceiling)];
        _then = [.. _now];
        var (falling, same, rising) = Ranges.Changes(programme.Ceiling - programme.Floor);
        (_falling, _same, _rising) = ([.. falling], [.. same], [.. rising]);
        _crossings = new long[_tiersNow.Length * _tiersThen.Length];
    }

    public bool IsFew => _subjects < SmallCellSuppression.Least;

    public void Add(in SubjectObservation seen)
    {
        var change = seen.Then - seen.Now;
        _subjects++;
        Count(_now, seen.Now, change);
        Count(_then, seen.Then, change);
        Count(change < 0 ? _falling : change > 0 ? _rising : _same, change, change);
        Count(_byEnrolment, seen.DaysEnrolled, change);
        Count(_byActivity, seen.Events, change);
        _crossings[seen.TierNow * _tiersThen.Length + seen.TierThen]++;
    }

    public SimulationReport Report(
        ImmutableArray<long> positions, DateOnly day, long entries, ImmutableArray<WorkedExample> examples) => IsFew
        ? new SimulationReport(positions, day, 0, 0, [], [], [], [], [], [], examples)
        : new SimulationReport(
            positions, day, SmallCellSuppression.Down(_subjects), entries, Bands(_now), Bands(_then), Bands(Changes()), Crossings(),
            Groups(_byEnrolment), Groups(_byActivity), examples);

    private static void Count(RangeCell[] cells, long value, long change)
    {
        ref var cell = ref cells[Ranges.IndexOf(cells, value)];
        cell = cell with
        {
            Subjects = cell.Subjects + 1,
            Rising = cell.Rising + (change > 0 ? 1 : 0),
            Falling = cell.Falling + (change < 0 ? 1 : 0),
            Change = cell.Change + change,
        };
    }

    /// <summary>Falling and rising are merged each by itself first, so that they stay apart where there are enough of both.</summary>
    private IEnumerable<RangeCell> Changes() => [.. SmallCellSuppression.Merge(_falling), .. _same, .. SmallCellSuppression.Merge(_rising)];

    private static ImmutableArray<Band> Bands(IEnumerable<RangeCell> cells)
    {
        var merged = SmallCellSuppression.Merge(cells);
        return [.. merged.Zip(SmallCellSuppression.Parts(merged.Select(cell => cell.Subjects)),
            (cell, subjects) => new Band(cell.From, cell.To, subjects))];
    }

    private static ImmutableArray<Group> Groups(RangeCell[] cells)
    {
        var merged = SmallCellSuppression.Merge(cells);
        return [.. merged.Zip(SmallCellSuppression.Parts(merged.Select(cell => cell.Subjects)), OfCell).Where(group => group.Subjects > 0)];

        static Group OfCell(RangeCell cell, long subjects) => new(
            cell.From, cell.To, subjects, SmallCellSuppression.Part(cell.Rising, cell.Subjects, subjects),
            SmallCellSuppression.Part(cell.Falling, cell.Subjects, subjects), cell.Subjects == 0 ? 0 : Mean(cell.Change, cell.Subjects));
    }

    /// <summary>The rare are one row. When they are few even together, the smallest of the others joins them.</summary>
    private ImmutableArray<Crossing> Crossings()
    {
        var shown = Enumerable.Range(0, _crossings.Length).Where(place => _crossings[place] >= SmallCellSuppression.Least).ToList();
        var rare = _subjects - shown.Sum(place => _crossings[place]);
        if (SmallCellSuppression.IsFew(rare))
        {
            var smallest = shown.MinBy(place => _crossings[place]);
            shown.Remove(smallest);
            rare += _crossings[smallest];
        }
        var rows = shown.Select(place => (
            Now: (string?)_tiersNow[place / _tiersThen.Length], Then: (string?)_tiersThen[place % _tiersThen.Length],
            Subjects: _crossings[place])).ToList();
        if (rare > 0) rows.Add((null, null, rare));
        var parts = SmallCellSuppression.Parts(rows.Select(row => row.Subjects));
        return [.. rows.Zip(parts, (row, subjects) => new Crossing(row.Now, row.Then, subjects))];
    }

    /// <summary>Thousandths, halves away from zero; a change is under 2^20, so nothing overflows below 2^33 subjects.</summary>
    private static long Mean(long change, long subjects) =>
        (Math.Abs(change) * 2000 + subjects) / (2 * subjects) * Math.Sign(change);
}
