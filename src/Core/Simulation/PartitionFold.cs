using Scoring.Ledger;
using Scoring.Rules;
using Scoring.Scores;
using Scoring.Subjects;

namespace Scoring.Simulation;

/// <summary>
/// Both sides' folds of the subjects of one partition. Only those who have entries cost memory, and only until they are counted. Not safe
/// for use by several threads at once.
/// </summary>
public sealed class PartitionFold
{
    private static readonly FoldState Nothing = new();

    private readonly SimulatedRules _rules;
    private readonly DateOnly _day;
    private readonly int _windowDaysMax;
    private readonly Dictionary<long, int> _places;
    private readonly Folded[] _folded;

    internal PartitionFold(SimulatedRules rules, DateOnly day, IReadOnlyList<(SubjectId Subject, DateOnly Since)> subjects)
    {
        (_rules, _day) = (rules, day);
        _windowDaysMax = Math.Max(rules.Now.LongestWindowDays, rules.Then.LongestWindowDays);
        _places = new Dictionary<long, int>(subjects.Count);
        _folded = new Folded[subjects.Count];
        for (var place = 0; place < subjects.Count; place++)
        {
            _places.Add(subjects[place].Subject.Value, place);
            _folded[place].Since = subjects[place].Since;
        }
    }

    /// <summary>Whether there is nobody to fold for.</summary>
    public bool IsEmpty => _places.Count == 0;

    /// <summary>How many entries were theirs.</summary>
    public long Entries { get; private set; }

    /// <summary>
    /// Folds the next entry of the partition; <see langword="false"/> when it is about none of the subjects. An entry that cannot be valued
    /// counts nothing, as everywhere.
    /// </summary>
    public bool Take(Entry entry)
    {
        if (!_places.TryGetValue(entry.Subject.Value, out var place)) return false;
        ref var folded = ref _folded[place];
        folded.Entries++;
        Entries++;
        if (entry.Kind == EntryKind.Event)
        {
            folded.Events++;
            if (_day.DayNumber - entry.Day.DayNumber >= _windowDaysMax) return true;
        }
        Apply(folded.Now ??= new FoldState(), entry, _rules.Now);
        Apply(folded.Then ??= new FoldState(), entry, _rules.Then);
        return true;
    }

    /// <summary>Forgets everyone else: they have left meanwhile.</summary>
    public void Keep(IEnumerable<SubjectId> subjects)
    {
        var kept = subjects.Select(subject => subject.Value).ToHashSet();
        foreach (var (subject, place) in _places)
        {
            if (kept.Contains(subject)) continue;
            Entries -= _folded[place].Entries;
            _folded[place] = default;
            _places.Remove(subject);
        }
    }

    internal void AddTo(Tally tally)
    {
        var (setNow, setThen) = (_rules.Now.InForce(_day), _rules.Then.InForce(_day));
        foreach (var place in _places.Values)
        {
            ref readonly var folded = ref _folded[place];
            var now = (folded.Now ?? Nothing).Score(_day.DayNumber, _rules.Now);
            var then = (folded.Then ?? Nothing).Score(_day.DayNumber, _rules.Then);
            tally.Add(new SubjectObservation(
                now, then, TierIndex(setNow, now), TierIndex(setThen, then), _day.DayNumber - folded.Since.DayNumber, folded.Events));
        }
    }

    /// <summary>Entries that no fold needs are not read, so turns are passed over.</summary>
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

    private struct Folded
    {
        public DateOnly Since;
        public long Entries;
        public long Events;
        public FoldState? Now;
        public FoldState? Then;
    }
}
