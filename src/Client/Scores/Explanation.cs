namespace Scoring.Client;

/// <summary>An explained score: <c>Floor + sum of Rules[].Worth + Limit = Score</c>.</summary>
/// <param name="Programme">The programme.</param>
/// <param name="Day">The day of the score, in the programme's zone.</param>
/// <param name="Turn">The last turn folded.</param>
/// <param name="Score">The score.</param>
/// <param name="Tier">Its tier.</param>
/// <param name="Floor">The programme's floor.</param>
/// <param name="Ceiling">The programme's ceiling.</param>
/// <param name="Limit">The points that the floor adds or the ceiling takes away.</param>
/// <param name="RuleSet">Number of the rule set in force on the day.</param>
/// <param name="Rules">Every rule that had an entry inside its window, by name.</param>
/// <param name="MainReasons">At most four main reasons, the weightiest first (Reg. B 1002.9(b)(2): more are not helpful).</param>
/// <param name="NextTier">What is missing to the next tier; <see langword="null"/> in the highest.</param>
/// <param name="Raises">What would raise the score: rules that can still add points, in plain words.</param>
/// <param name="Fades">The next changes of the score without new events, the earliest first.</param>
public sealed record Explanation(
    string Programme, DateOnly Day, long Turn, long Score, string Tier, long Floor, long Ceiling, long Limit, int RuleSet,
    IReadOnlyList<RuleWorth> Rules, IReadOnlyList<MainReason> MainReasons, NextTier? NextTier, IReadOnlyList<Raise> Raises,
    IReadOnlyList<Fade> Fades);

/// <summary>The worth of one rule, and its reason.</summary>
/// <param name="Rule">The rule's name.</param>
/// <param name="Reason">Its reason in plain words, as of the day.</param>
/// <param name="Worth">Its worth in points, after both caps.</param>
/// <param name="CapPerWindow">The bound of the worth that was applied, in points.</param>
/// <param name="Days">The days inside its window, newest first.</param>
public sealed record RuleWorth(string Rule, string Reason, long Worth, long CapPerWindow, IReadOnlyList<DayWorth> Days);

/// <summary>What one day gives a rule. Its worth in units of 2^-32 point is <c>clamp(Points, ±CapPerDay) × Factor</c>.</summary>
/// <param name="Day">The day.</param>
/// <param name="Points">The sum of its entries' points, before the cap, without harm under an open contest and corrected entries.</param>
/// <param name="CapPerDay">The bound of the rule set in force on that day, in points.</param>
/// <param name="Factor">The share left after fading, in units of 2^-32; 4,294,967,296 is all of it.</param>
/// <param name="Entries">The entries that give these points, in ascending turns.</param>
/// <param name="TakenBackBy">
/// Number of the rule set that took back what the rule gave on this day; the factor is 0 then. <see langword="null"/> when nothing
/// was taken back.
/// </param>
/// <param name="RuleSet">Number of the rule set in force on that day, whose terms these are.</param>
/// <param name="HalfLifeDays">
/// The rule's half-life on that day, in days; 0 for no fading. With age a and half-life H in days, the factor is the largest integer
/// x with x^H · 2^a ≤ 2^(32H).
/// </param>
public sealed record DayWorth(
    DateOnly Day, long Points, long CapPerDay, long Factor, IReadOnlyList<EntryPoints> Entries, int? TakenBackBy = null,
    int RuleSet = 0, int HalfLifeDays = 0);

/// <summary>One entry that gives points to a rule's day.</summary>
/// <param name="Turn">The entry's turn.</param>
/// <param name="Kind">An event, or a correction that takes one away.</param>
/// <param name="Points">The points that it adds.</param>
public sealed record EntryPoints(long Turn, EntryKind Kind, long Points);

/// <summary>One of the main reasons for a score.</summary>
/// <param name="Rule">The rule's name.</param>
/// <param name="Reason">Its reason in plain words.</param>
/// <param name="Worth">Its worth in points.</param>
/// <param name="Events">The number of events that gave it.</param>
public sealed record MainReason(string Rule, string Reason, long Worth, int Events);

/// <summary>The next tier up.</summary>
/// <param name="Tier">Its name.</param>
/// <param name="From">The score at which it starts.</param>
/// <param name="Missing">The number of points that are missing to it.</param>
public sealed record NextTier(string Tier, long From, long Missing);

/// <summary>A rule that can still raise the score.</summary>
/// <param name="Rule">The rule's name.</param>
/// <param name="Reason">Its reason in plain words.</param>
/// <param name="UpToPerEvent">The most points that one more event today gives.</param>
/// <param name="Room">The points that the rule can still add before its bound.</param>
public sealed record Raise(string Rule, string Reason, long UpToPerEvent, long Room);

/// <summary>A change of the score that happens without new events.</summary>
/// <param name="Day">The first day of the changed score.</param>
/// <param name="Score">The score on that day.</param>
public sealed record Fade(DateOnly Day, long Score);
