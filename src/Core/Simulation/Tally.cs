using System.Collections.Immutable;
using Scoring.Administration;
using Scoring.Programmes;
using Scoring.Rules;

namespace Scoring.Simulation;

/// <summary>What a simulation observes of one subject.</summary>
/// <param name="Now">The score under the published rules.</param>
/// <param name="Then">The score under the version.</param>
/// <param name="TierNow">The index of the tier under the published rules.</param>
/// <param name="TierThen">The index of the tier under the version.</param>
/// <param name="DaysEnrolled">The days since enrolment.</param>
/// <param name="Events">The number of events.</param>
internal readonly record struct SubjectObservation(long Now, long Then, int TierNow, int TierThen, long DaysEnrolled, long Events);

/// <summary>Counts the subjects of a simulation. It keeps nothing about a single subject.</summary>
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

    /// <summary>Begins with empty counts.</summary>
    /// <param name="programme">The programme, for floor and ceiling.</param>
    /// <param name="now">The rule set in force.</param>
    /// <param name="then">The rule set of the version.</param>
    public Tally(Programme programme, RuleSet now, RuleSet then)
    {
        _tiersNow = [.. now.Tiers.Select(tier => tier.Name)];
        _tiersThen = [.. then.Tiers.Select(tier => tier.Name)];
        _now = [.. Ranges.Scores(programme.Floor, programme.Ceiling)];
        _then = [.. _now];
        var (falling, same, rising) = Ranges.Changes(programme.Ceiling - programme.Floor);
        _falling = [.. falling];
        _same = [.. same];
        _rising = [.. rising];
        _crossings = new long[_tiersNow.Length * _tiersThen.Length];
    }

    /// <summary>Whether there are too few subjects for figures.</summary>
    public bool IsFew => _subjects < SmallCellSuppression.Least;

    /// <summary>Counts a subject.</summary>
    public void Add(in SubjectObservation subject)
    {
        var change = subject.Then - subject.Now;
        _subjects++;
        Count(_now, subject.Now, change);
        Count(_then, subject.Then, change);
        Count(change < 0 ? _falling : change > 0 ? _rising : _same, change, change);
        Count(_byEnrolment, subject.DaysEnrolled, change);
        Count(_byActivity, subject.Events, change);
        _crossings[subject.TierNow * _tiersThen.Length + subject.TierThen]++;
    }

    /// <summary>The report with small cells suppressed; without figures when there are too few subjects.</summary>
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

    /// <summary>
    /// The changes. Falling and rising ranges are merged separately first, so they stay apart where both have enough subjects.
    /// </summary>
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

    /// <summary>
    /// The crossings of tiers. Rare ones make one row; when they are few even together, the smallest other crossing joins them.
    /// </summary>
    private ImmutableArray<Crossing> Crossings()
    {
        var shown = Enumerable.Range(0, _crossings.Length).Where(index => _crossings[index] >= SmallCellSuppression.Least).ToList();
        var rare = _subjects - shown.Sum(index => _crossings[index]);
        if (SmallCellSuppression.IsFew(rare))
        {
            var smallest = shown.MinBy(index => _crossings[index]);
            shown.Remove(smallest);
            rare += _crossings[smallest];
        }
        var rows = shown.Select(index => (
            Now: (string?)_tiersNow[index / _tiersThen.Length], Then: (string?)_tiersThen[index % _tiersThen.Length],
            Subjects: _crossings[index])).ToList();
        if (rare > 0) rows.Add((null, null, rare));
        var parts = SmallCellSuppression.Parts(rows.Select(row => row.Subjects));
        return [.. rows.Zip(parts, (row, subjects) => new Crossing(row.Now, row.Then, subjects))];
    }

    /// <summary>
    /// The mean change in thousandths, rounded half away from zero. A change is under 2^20, so nothing overflows below 2^33 subjects.
    /// </summary>
    private static long Mean(long change, long subjects) =>
        (Math.Abs(change) * 2000 + subjects) / (2 * subjects) * Math.Sign(change);
}
