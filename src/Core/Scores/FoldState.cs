using Scoring.Ledger;
using Scoring.Rules;

namespace Scoring.Scores;

/// <summary>
/// The fold of one subject's entries: sums of points by rule and day, and nothing about the person. An event adds to sums, so the order,
/// lateness and repetition of events cannot change the score. Instances are small, because a million of them are in memory, and not
/// thread-safe.
/// </summary>
public sealed partial class FoldState
{
    /// <summary>The version of the saved form and of the fold's meaning. A snapshot of another version is discarded.</summary>
    public const int FoldVersion = 2;

    private PointCells _cells;
    private Amendments? _amendments;

    /// <summary>The last turn that is folded; 0 for none.</summary>
    public long Turn { get; private set; }

    /// <summary>The number of sums, each of one rule and one day.</summary>
    public int CellCount => _cells.Count;

    /// <summary>The earliest day of which anything is held; <see langword="null"/> when nothing is.</summary>
    public DateOnly? OldestDay
    {
        get
        {
            var oldest = Math.Min(_cells.Count > 0 ? _cells.Day(0) : int.MaxValue, _amendments?.OldestDay ?? int.MaxValue);
            return oldest == int.MaxValue ? null : DateOnly.FromDayNumber(oldest);
        }
    }

    /// <summary>One more than the greatest number of a rule that has a sum; 0 when there are no sums.</summary>
    internal int RulesEnd
    {
        get
        {
            var end = 0;
            for (var index = 0; index < _cells.Count; index++) end = Math.Max(end, _cells.Rule(index) + 1);
            return end;
        }
    }

    /// <summary>Whether the fold reads the body of an entry of this kind. Of every other kind it reads the turn alone.</summary>
    public static bool ReadsBody(EntryKind kind) => kind is EntryKind.Event or EntryKind.Corrected or EntryKind.ContestOpened
        or EntryKind.ContestExtended or EntryKind.ContestDecided;

    /// <summary>
    /// Folds an entry if it is the next turn. Ignores an entry that is already folded; reports a gap when entries before it are missing.
    /// </summary>
    /// <param name="entry">An entry of the subject.</param>
    /// <param name="rules">The rules of the subject's programme; the same for the whole fold.</param>
    public FoldStep Apply(Entry entry, ProgrammeRules rules)
    {
        if (entry.Turn <= Turn) return new FoldStep(FoldOutcome.Known, null);
        if (entry.Turn != Turn + 1) return new FoldStep(FoldOutcome.Gap, null);
        var fault = entry.Kind switch
        {
            EntryKind.Event => AddEvent(entry, rules),
            EntryKind.Corrected => CorrectEvent(entry, rules),
            EntryKind.ContestOpened => OpenContest(entry, rules),
            EntryKind.ContestExtended => ExtendContest(entry),
            EntryKind.ContestDecided => DecideContest(entry),
            _ => null,
        };
        Turn = entry.Turn;
        return new FoldStep(fault is null ? FoldOutcome.Folded : FoldOutcome.SetAside, fault);
    }

    /// <summary>
    /// Advances to a later turn without folding the entries up to it. Only for entries that the ledger no longer holds: expired entries are
    /// outside every window.
    /// </summary>
    public void PassOver(long turn) => Turn = Math.Max(Turn, turn);

    /// <summary>Frees the memory that growing has left over. Call it when many entries have been folded at once.</summary>
    public void Trim() => _cells.Trim();

    /// <summary>Removes what is outside every window on a day and later. The scores of that day and of later days stay the same.</summary>
    /// <param name="today">The day in the programme's zone.</param>
    /// <param name="rules">The rules that the fold was made with.</param>
    public void Prune(DateOnly today, ProgrammeRules rules)
    {
        var asked = today.DayNumber;
        _cells.Keep((day, rule) => rules.Terms(rules.SetIndex(day), rule) is { } terms && asked - day < terms.WindowDays);
        // An event past all windows of its day may have expired, and with it the entries that refer to it.
        _amendments?.Remove(day => asked - day >= rules.LongestWindowDaysOf(rules.SetIndex(day)));
        if (_amendments is { IsEmpty: true }) _amendments = null;
    }

    /// <summary>How an event counts on a day.</summary>
    internal EntryStatus StatusOf(long turn, DateOnly askingDay) =>
        _amendments?.StatusOf(turn, askingDay.DayNumber) ?? EntryStatus.Counts;

    private string? AddEvent(Entry entry, ProgrammeRules rules)
    {
        Span<RulePoints> points = stackalloc RulePoints[ProgrammeRules.RulesPerSetMax];
        var count = 0;
        var fault = EntryBodyReader.Read(entry.Body, out var body) ?? rules.Value(body, entry.Day.DayNumber, points, out count);
        if (fault is not null) return fault;
        foreach (var (rule, value) in points[..count]) _cells.Add(entry.Day.DayNumber, rule, value);
        return null;
    }

    private string? CorrectEvent(Entry entry, ProgrammeRules rules)
    {
        Span<RulePoints> points = stackalloc RulePoints[ProgrammeRules.RulesPerSetMax];
        var fault = ValueReferencedEvent(entry, rules, points, out var body, out var count);
        if (fault is not null) return fault;
        _amendments ??= new Amendments();
        if (!_amendments.Correct(body.Turn, body.Day)) return null;
        foreach (var (rule, value) in points[..count]) _cells.Add(body.Day, rule, -value);
        return null;
    }

    private string? OpenContest(Entry entry, ProgrammeRules rules)
    {
        Span<RulePoints> points = stackalloc RulePoints[ProgrammeRules.RulesPerSetMax];
        var fault = ValueReferencedEvent(entry, rules, points, out var body, out var count);
        if (fault is not null) return fault;
        if (body.DueDay < 0) return EntryFault.MemberMissing;
        _amendments ??= new Amendments();
        _amendments.Open(new Contest(body.Turn, body.Day, body.DueDay, points[..count].ToArray()));
        return null;
    }

    private string? ExtendContest(Entry entry)
    {
        var fault = EntryBodyReader.Read(entry.Body, out var body);
        if (fault is not null) return fault;
        if (body.Turn == 0 || body.DueDay < 0) return EntryFault.MemberMissing;
        if (body.Turn >= entry.Turn) return EntryFault.TurnNotBefore;
        _amendments?.Extend(body.Turn, entry.Day.DayNumber, body.DueDay);
        return null;
    }

    /// <summary>A rejection closes the contest. An upheld contest stays open until the correction that follows closes it.</summary>
    private string? DecideContest(Entry entry)
    {
        var fault = EntryBodyReader.Read(entry.Body, out var body);
        if (fault is not null) return fault;
        if (body.Turn == 0 || body.Upheld is null) return EntryFault.MemberMissing;
        if (body.Turn >= entry.Turn) return EntryFault.TurnNotBefore;
        if (body.Upheld == false) _amendments?.Reject(body.Turn, entry.Day.DayNumber);
        return null;
    }

    /// <summary>Reads and values the earlier event that an entry refers to. The entry's body repeats the event's members.</summary>
    private static string? ValueReferencedEvent(
        Entry entry, ProgrammeRules rules, Span<RulePoints> points, out EntryBodyReader body, out int count)
    {
        count = 0;
        var fault = EntryBodyReader.Read(entry.Body, out body);
        if (fault is not null) return fault;
        if (body.Turn == 0 || body.Day < 0) return EntryFault.MemberMissing;
        if (body.Turn >= entry.Turn) return EntryFault.TurnNotBefore;
        return rules.Value(body, body.Day, points, out count);
    }
}
