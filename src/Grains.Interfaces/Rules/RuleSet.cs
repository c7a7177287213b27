using System.Collections.Immutable;

namespace Scoring.Rules;

/// <summary>One immutable version of a programme's rules and tiers.</summary>
/// <param name="Number">Its number, gapless from 1.</param>
/// <param name="FirstDay">Its first day in force, in the programme's zone; later than that of the rule set before it.</param>
/// <param name="Summary">What it does, in plain words.</param>
/// <param name="Rules">1 to 64 rules with distinct names.</param>
/// <param name="Tiers">2 to 8 tiers in ascending scores; the first is <c>baseline</c> and starts at the floor.</param>
/// <param name="Hash">SHA-256 of its document in canonical JSON (RFC 8785), 64 lower-case hexadecimal digits.</param>
[GenerateSerializer, Immutable, Alias("scoring.rule-set")]
public sealed record RuleSet(
    int Number, DateOnly FirstDay, string Summary, ImmutableArray<Rule> Rules, ImmutableArray<Tier> Tiers, string Hash)
{
    /// <summary>
    /// Rules of earlier rule sets that are taken back. In a score of this rule set's first day or later, the days that they value give that
    /// rule nothing. None by default.
    /// </summary>
    [Id(0)]
    public ImmutableArray<RuleCorrection> Corrections { get => field.IsDefault ? [] : field; init; } = [];

    /// <summary>
    /// The fading tables that the rules were written for, by ascending half-life: none, or one for each half-life that a rule uses. None by
    /// default.
    /// </summary>
    [Id(1)]
    public ImmutableArray<FactorTableHash> FactorTables { get => field.IsDefault ? [] : field; init; } = [];
}

/// <summary>Names a fading table by its content.</summary>
/// <param name="HalfLifeDays">Its half-life in days, 0 to 730.</param>
/// <param name="Hash">
/// SHA-256 of the factors of ages 0 to 729, each as a big-endian 64-bit integer; 64 lower-case hexadecimal digits.
/// </param>
[GenerateSerializer, Immutable, Alias("scoring.factor-table-hash")]
public sealed record FactorTableHash(int HalfLifeDays, string Hash);

/// <summary>A published correction: it takes away what one rule of one earlier rule set gave.</summary>
/// <param name="RuleSet">Number of the earlier rule set.</param>
/// <param name="Rule">Name of a rule in it.</param>
[GenerateSerializer, Immutable, Alias("scoring.rule-correction")]
public sealed record RuleCorrection(int RuleSet, string Rule);

/// <summary>A named range of the score.</summary>
/// <param name="Name">Its name, 1 to 40 characters of a-z, 0-9 and hyphens.</param>
/// <param name="From">The least score in the tier, inclusive. The tier ends below the next tier's least score.</param>
[GenerateSerializer, Immutable, Alias("scoring.tier")]
public sealed record Tier(string Name, long From);

/// <summary>A rule: the points that one kind of event contributes.</summary>
/// <param name="Id">Its name across versions, 1 to 40 characters of a-z, 0-9 and hyphens.</param>
/// <param name="EventType">The event type it values, one of the programme's.</param>
/// <param name="When">The condition on those events; <see langword="null"/> for all of them.</param>
/// <param name="Points">The points that each event contributes.</param>
/// <param name="CapPerDay">The bound of one day's sum in both directions, 1 to 1,000,000 points.</param>
/// <param name="CapPerWindow">The bound of the rule's worth in both directions, 1 to 1,000,000 points.</param>
/// <param name="WindowDays">The window, 1 to 730 days. A day counts while its age in days is below it.</param>
/// <param name="HalfLifeDays">The number of days after which a day's worth has halved, 1 to 730; 0 for no fading.</param>
/// <param name="Reason">What it rewards or takes, in plain words to the person scored, 1 to 200 characters.</param>
[GenerateSerializer, Immutable, Alias("scoring.rule")]
public sealed record Rule(
    string Id, string EventType, Condition? When, Points Points, long CapPerDay, long CapPerWindow, int WindowDays, int HalfLifeDays,
    string Reason);

/// <summary>The points that an event contributes: always an integer from -100,000 to 100,000.</summary>
[GenerateSerializer, Immutable, Alias("scoring.points")]
public abstract record Points;

/// <summary>The same points for every event.</summary>
/// <param name="Value">The points.</param>
[GenerateSerializer, Immutable, Alias("scoring.points.fixed")]
public sealed record FixedPoints(long Value) : Points;

/// <summary>Points by the value of a code or boolean attribute. A value without a row contributes nothing.</summary>
/// <param name="Attribute">A code or boolean attribute of the rule's event type.</param>
/// <param name="Rows">Distinct values, in ascending order (ordinal).</param>
[GenerateSerializer, Immutable, Alias("scoring.points.by-value")]
public sealed record PointsByValue(string Attribute, ImmutableArray<PointsRow> Rows) : Points;

/// <summary>The points of one value.</summary>
/// <param name="Value">A code; or <c>true</c> or <c>false</c>.</param>
/// <param name="Points">The points.</param>
[GenerateSerializer, Immutable, Alias("scoring.points.row")]
public sealed record PointsRow(string Value, long Points);

/// <summary>
/// A typed condition on an event's attributes, at most eight levels deep. It is data, not code. A comparison with an absent attribute is
/// false.
/// </summary>
[GenerateSerializer, Immutable, Alias("scoring.condition")]
public abstract record Condition;

/// <summary>True when every part is true.</summary>
/// <param name="Parts">The parts, at least one.</param>
[GenerateSerializer, Immutable, Alias("scoring.condition.all")]
public sealed record AllOf(ImmutableArray<Condition> Parts) : Condition;

/// <summary>True when at least one part is true.</summary>
/// <param name="Parts">The parts, at least one.</param>
[GenerateSerializer, Immutable, Alias("scoring.condition.any")]
public sealed record AnyOf(ImmutableArray<Condition> Parts) : Condition;

/// <summary>True when the part is false.</summary>
/// <param name="Part">The part.</param>
[GenerateSerializer, Immutable, Alias("scoring.condition.not")]
public sealed record Negated(Condition Part) : Condition;

/// <summary>Compares an integer attribute with a number.</summary>
/// <param name="Attribute">An integer attribute of the rule's event type.</param>
/// <param name="Operator">The comparison.</param>
/// <param name="Value">The number, within the attribute's range.</param>
[GenerateSerializer, Immutable, Alias("scoring.condition.integer")]
public sealed record IntegerIs(string Attribute, Comparison Operator, long Value) : Condition;

/// <summary>True when a code attribute, or a boolean one written as <c>true</c> or <c>false</c>, is one of the values.</summary>
/// <param name="Attribute">A code or boolean attribute of the rule's event type.</param>
/// <param name="Values">Distinct values, 1 to 64.</param>
[GenerateSerializer, Immutable, Alias("scoring.condition.one-of")]
public sealed record OneOf(string Attribute, ImmutableArray<string> Values) : Condition;

/// <summary>How two integers are compared.</summary>
public enum Comparison
{
    /// <summary>=</summary>
    EqualTo = 1,

    /// <summary>&lt;</summary>
    LessThan = 2,

    /// <summary>&lt;=</summary>
    AtMost = 3,

    /// <summary>&gt;=</summary>
    AtLeast = 4,

    /// <summary>&gt;</summary>
    MoreThan = 5,
}
