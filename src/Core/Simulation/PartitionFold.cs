using Scoring.Ledger;
using Scoring.Rules;
using Scoring.Scores;
using Scoring.Subjects;

namespace Scoring.Simulation;

/// <summary>
/// Folds the subjects of one partition under both sides of a simulation. Only subjects with entries take memory, until they are counted.
/// Not thread-safe.
/// </summary>
public sealed class PartitionFold
{
    private static readonly FoldState Empty = new();

    private readonly SimulatedRules _rules;
    private readonly DateOnly _day;
    private readonly int _windowDaysMax;
    private readonly Dictionary<long, int> _indexes;
    private readonly SubjectFolds[] _folds;

    internal PartitionFold(SimulatedRules rules, DateOnly day, IReadOnlyList<(SubjectId Subject, DateOnly Since)> subjects)
    {
        _rules = rules;
        _day = day;
        _windowDaysMax = Math.Max(rules.Now.LongestWindowDays, rules.Then.LongestWindowDays);
        _indexes = new Dictionary<long, int>(subjects.Count);
        _folds = new SubjectFolds[subjects.Count];
        for (var index = 0; index < subjects.Count; index++)
        {
            _indexes.Add(subjects[index].Subject.Value, index);
            _folds[index].Since = subjects[index].Since;
        }
    }

    /// <summary>Whether there are no subjects.</summary>
    public bool IsEmpty => _indexes.Count == 0;

    /// <summary>The number of the subjects' entries.</summary>
    public long Entries { get; private set; }

    /// <summary>
    /// Folds the next entry of the partition; <see langword="false"/> when it belongs to none of the subjects. An entry that cannot be
    /// valued counts nothing, as in every fold.
    /// </summary>
    public bool Take(Entry entry)
    {
        if (!_indexes.TryGetValue(entry.Subject.Value, out var index)) return false;
        ref var folds = ref _folds[index];
        folds.Entries++;
        Entries++;
        if (entry.Kind == EntryKind.Event)
        {
            folds.Events++;
            if (_day.DayNumber - entry.Day.DayNumber >= _windowDaysMax) return true;
        }
        Apply(folds.Now ??= new FoldState(), entry, _rules.Now);
        Apply(folds.Then ??= new FoldState(), entry, _rules.Then);
        return true;
    }

    /// <summary>Keeps these subjects only. The others have left the programme since the simulation began.</summary>
    public void Keep(IEnumerable<SubjectId> subjects)
    {
        var kept = subjects.Select(subject => subject.Value).ToHashSet();
        foreach (var (subject, index) in _indexes)
        {
            if (kept.Contains(subject)) continue;
            Entries -= _folds[index].Entries;
            _folds[index] = default;
            _indexes.Remove(subject);
        }
    }

    /// <summary>Adds one observation for each subject.</summary>
    internal void AddTo(Tally tally)
    {
        var setNow = _rules.Now.InForce(_day);
        var setThen = _rules.Then.InForce(_day);
        foreach (var index in _indexes.Values)
        {
            ref readonly var folds = ref _folds[index];
            var now = (folds.Now ?? Empty).Score(_day.DayNumber, _rules.Now);
            var then = (folds.Then ?? Empty).Score(_day.DayNumber, _rules.Then);
            tally.Add(new SubjectObservation(
                now, then, TierIndex(setNow, now), TierIndex(setThen, then), _day.DayNumber - folds.Since.DayNumber, folds.Events));
        }
    }

    /// <summary>Folds an entry. The caller skips entries that no fold needs, so turns are passed over.</summary>
    private static void Apply(FoldState state, Entry entry, ProgrammeRules rules)
    {
        state.PassOver(entry.Turn - 1);
        state.Apply(entry, rules);
    }

    private static int TierIndex(RuleSet set, long score)
    {
        var index = set.Tiers.Length - 1;
        while (index > 0 && set.Tiers[index].From > score) index--;
        return index;
    }

    private struct SubjectFolds
    {
        public DateOnly Since;
        public long Entries;
        public long Events;
        public FoldState? Now;
        public FoldState? Then;
    }
}
