namespace Scoring.Client;

/// <summary>One immutable version of a programme's rules and tiers.</summary>
/// <param name="Number">Its number, gapless from 1.</param>
/// <param name="FirstDay">Its first day in force, in the programme's zone; later than that of the rule set before it.</param>
/// <param name="Summary">What it does, in plain words.</param>
/// <param name="Rules">1 to 64 rules with distinct names.</param>
/// <param name="Tiers">2 to 8 tiers in ascending scores; the first is <c>baseline</c> and starts at the floor.</param>
/// <param name="Hash">SHA-256 of its document in canonical JSON (RFC 8785), 64 lower-case hexadecimal digits.</param>
/// <param name="Corrections">
/// Rules of earlier rule sets that are taken back. In a score of this rule set's first day or later, the days that they value give
/// that rule nothing. None by default.
/// </param>
/// <param name="FactorTables">
/// The fading tables that the rules were written for, by ascending half-life: none, or one for each half-life that a rule uses. None
/// by default.
/// </param>
public sealed record RuleSet(
    int Number, DateOnly FirstDay, string Summary, IReadOnlyList<Rule> Rules, IReadOnlyList<Tier> Tiers, string Hash,
    IReadOnlyList<RuleCorrection>? Corrections = null, IReadOnlyDictionary<string, string>? FactorTables = null);

/// <summary>A rule: the points that one kind of event contributes.</summary>
/// <param name="Id">Its name across versions, 1 to 40 characters of a-z, 0-9 and hyphens.</param>
/// <param name="EventType">The event type it values, one of the programme's.</param>
/// <param name="Points">The points that each event contributes.</param>
/// <param name="CapPerDay">The bound of one day's sum in both directions, 1 to 1,000,000 points.</param>
/// <param name="CapPerWindow">The bound of the rule's worth in both directions, 1 to 1,000,000 points.</param>
/// <param name="WindowDays">The window, 1 to 730 days. A day counts while its age in days is below it.</param>
/// <param name="HalfLifeDays">The number of days after which a day's worth has halved, 1 to 730; 0 for no fading.</param>
/// <param name="Reason">What it rewards or takes, in plain words to the person scored, 1 to 200 characters.</param>
/// <param name="When">The condition on those events; <see langword="null"/> for all of them.</param>
public sealed record Rule(
    string Id, string EventType, Points Points, long CapPerDay, long CapPerWindow, int WindowDays, int HalfLifeDays, string Reason,
    Condition? When = null);

/// <summary>A named range of the score.</summary>
/// <param name="Name">Its name, 1 to 40 characters of a-z, 0-9 and hyphens.</param>
/// <param name="From">The least score in the tier, inclusive. The tier ends below the next tier's least score.</param>
public sealed record Tier(string Name, long From);

/// <summary>A published correction: it takes away what one rule of one earlier rule set gave.</summary>
/// <param name="RuleSet">Number of the earlier rule set.</param>
/// <param name="Rule">Name of a rule in it.</param>
public sealed record RuleCorrection(int RuleSet, string Rule);
