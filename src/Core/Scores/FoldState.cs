using Scoring.Ledger;
using Scoring.Rules;

namespace Scoring.Scores;

/// <summary>
/// The fold of one subject's entries: points by rule and day, and nothing about the person. One addition an event, so order, lateness and
/// repetition cannot change the result. Not safe for use by several threads at once. Made small, because a million live at once.
/// </summary>
public sealed partial class FoldState
{
    /// <summary>Of this code: a snapshot made by another version is discarded.</summary>
    public const int FoldVersion = 2;

    private PointCells cells;
    private Amendments? amendments;

    /// <summary>The last turn folded; 0 for none.</summary>
    public long Turn { get; private set; }

    /// <summary>How many sums of a rule and a day are held.</summary>
    public int CellCount => cells.Count;

    /// <summary>Folds exactly the next turn; ignores what it knows and reports what lies behind a hole.</summary>
    /// <param name="entry">An entry of the subject.</param>
    /// <param name="rules">The rules of its programme; the same book for the whole fold.</param>
    public FoldStep Apply(Entry entry, ProgrammeRules rules)
    {
        if (entry.Turn <= Turn) return new FoldStep(FoldOutcome.Known, null);
        if (entry.Turn != Turn + 1) return new FoldStep(FoldOutcome.Gap, null);
        var fault = entry.Kind switch
        {
            EntryKind.Event => Count(entry, rules),
            EntryKind.Corrected => Correct(entry, rules),
            EntryKind.ContestOpened => Contest(entry, rules),
            EntryKind.ContestDecided => Decide(entry),
            EntryKind.ContestExtended => Extend(entry),
            _ => null,
        };
        Turn = entry.Turn;
        return new FoldStep(fault is null ? FoldOutcome.Folded : FoldOutcome.SetAside, fault);
    }

    /// <summary>
    /// Goes on to a later turn without entries. Only for turns that the ledger itself holds no longer: bodies past their retention lie
    /// outside every window.
    /// </summary>
    public void PassOver(long turn) => Turn = Math.Max(Turn, turn);

    /// <summary>
    /// Drops what lies outside every window from <paramref name="today"/> on; the score on that day and later stays the same.
    /// </summary>
    public void Prune(DateOnly today, ProgrammeRules rules)
    {
        var asked = today.DayNumber;
        cells.Keep((day, rule) => rules.Terms(rules.SetIndex(day), rule) is { } terms && asked - day < terms.WindowDays);
        // By the rule set of the day, as entries are kept: what spoke of an event past all its windows may have expired meanwhile.
        amendments?.Drop(day => asked - day >= rules.LongestWindowDaysOf(rules.SetIndex(day)));
        if (amendments is { IsEmpty: true }) amendments = null;
    }

    /// <summary>The earliest day of which anything is held; <see langword="null"/> when nothing is.</summary>
    public DateOnly? OldestDay
    {
        get
        {
            var oldest = Math.Min(cells.Count > 0 ? cells.Day(0) : int.MaxValue, amendments?.OldestDay ?? int.MaxValue);
            return oldest == int.MaxValue ? null : DateOnly.FromDayNumber(oldest);
        }
    }

    /// <summary>The number past the greatest rule that sums are held of; 0 for none.</summary>
    internal int RulesEnd
    {
        get
        {
            var end = 0;
            for (var index = 0; index < cells.Count; index++) end = Math.Max(end, cells.Rule(index) + 1);
            return end;
        }
    }

    /// <summary>How an event stands on a day: it counts, its harm is suspended, or it is taken away.</summary>
    internal EntryStatus StandingOf(long turn, DateOnly day) => amendments?.StandingOf(turn, day.DayNumber) ?? EntryStatus.Counts;

    private string? Count(Entry entry, ProgrammeRules rules)
    {
        Span<RulePoints> points = stackalloc RulePoints[ProgrammeRules.RulesPerSetMax];
        var count = 0;
        var fault = EntryBodyReader.Read(entry.Body, out var body) ?? rules.Value(body, entry.Day.DayNumber, points, out count);
        if (fault is not null) return fault;
        foreach (var (rule, value) in points[..count]) cells.Add(entry.Day.DayNumber, rule, value);
        return null;
    }

    private string? Correct(Entry entry, ProgrammeRules rules)
    {
        Span<RulePoints> points = stackalloc RulePoints[ProgrammeRules.RulesPerSetMax];
        var fault = Earlier(entry, rules, points, out var body, out var count);
        if (fault is not null) return fault;
        amendments ??= new Amendments();
        if (!amendments.Correct(body.Turn, body.Day)) return null;
        foreach (var (rule, value) in points[..count]) cells.Add(body.Day, rule, -value);
        return null;
    }

    private string? Contest(Entry entry, ProgrammeRules rules)
    {
        Span<RulePoints> points = stackalloc RulePoints[ProgrammeRules.RulesPerSetMax];
        var fault = Earlier(entry, rules, points, out var body, out var count);
        if (fault is not null) return fault;
        if (body.DueDay < 0) return EntryFault.MemberMissing;
        amendments ??= new Amendments();
        amendments.Open(new Contest(body.Turn, body.Day, body.DueDay, points[..count].ToArray()));
        return null;
    }

    /// <summary>An upheld contest is closed by the correction behind it; until that is folded the contest stands as it did.</summary>
    private string? Decide(Entry entry)
    {
        var fault = EntryBodyReader.Read(entry.Body, out var body);
        if (fault is not null) return fault;
        if (body.Turn == 0 || body.Upheld is null) return EntryFault.MemberMissing;
        if (body.Turn >= entry.Turn) return EntryFault.TurnNotBefore;
        if (body.Upheld == false) amendments?.Reject(body.Turn, entry.Day.DayNumber);
        return null;
    }

    private string? Extend(Entry entry)
    {
        var fault = EntryBodyReader.Read(entry.Body, out var body);
        if (fault is not null) return fault;
        if (body.Turn == 0 || body.DueDay < 0) return EntryFault.MemberMissing;
        if (body.Turn >= entry.Turn) return EntryFault.TurnNotBefore;
        amendments?.Extend(body.Turn, entry.Day.DayNumber, body.DueDay);
        return null;
    }

    /// <summary>Reads and values the earlier event that an entry speaks of.</summary>
    private static string? Earlier(Entry entry, ProgrammeRules rules, Span<RulePoints> points, out EntryBodyReader body, out int count)
    {
        count = 0;
        var fault = EntryBodyReader.Read(entry.Body, out body);
        if (fault is not null) return fault;
        if (body.Turn == 0 || body.Day < 0) return EntryFault.MemberMissing;
        if (body.Turn >= entry.Turn) return EntryFault.TurnNotBefore;
        return rules.Value(body, body.Day, points, out count);
    }
}
