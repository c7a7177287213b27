using System.Collections.Immutable;

namespace Scoring.Rules;

/// <summary>One immutable version of a programme's rules and tiers.</summary>
/// <param name="Number">From 1, gapless.</param>
/// <param name="FirstDay">Its first day in force, in the programme's zone; later than the one before.</param>
/// <param name="Summary">What it does, in plain words.</param>
/// <param name="Rules">1 to 64 rules with distinct names.</param>
/// <param name="Tiers">2 to 8 tiers in ascending scores; the first is <c>baseline</c> and starts at the floor.</param>
/// <param name="Hash">SHA-256 of its document in canonical JSON (RFC 8785), 64 lower-case hexadecimal digits.</param>
[GenerateSerializer, Immutable, Alias("scoring.rule-set")]
public sealed record RuleSet(
    int Number, DateOnly FirstDay, string Summary, ImmutableArray<Rule> Rules, ImmutableArray<Tier> Tiers, string Hash)
{
    /// <summary>
    /// Rules of earlier rule sets that are taken back: in a score of this rule set's first day or later, the days that they valued count
    /// nothing for that rule. None by default.
    /// </summary>
    [Id(0)]
    public ImmutableArray<RuleCorrection> Corrections { get => field.IsDefault ? [] : field; init; } = [];

    /// <summary>
    /// The fading tables that the rules were written for, by ascending half-life; when there are any, one for each half-life used. None by
    /// default.
    /// </summary>
    [Id(1)]
    public ImmutableArray<FactorTableHash> FactorTables { get => field.IsDefault ? [] : field; init; } = [];
}

/// <summary>A fading table, named by its content.</summary>
/// <param name="HalfLifeDays">Its half-life in days, 0 to 730.</param>
/// <param name="Hash">
/// SHA-256 of the factors of ages 0 to 729, each as a big-endian 64-bit integer; 64 lower-case hexadecimal digits.
/// </param>
[GenerateSerializer, Immutable, Alias("scoring.factor-table-hash")]
public sealed record FactorTableHash(int HalfLifeDays, string Hash);

/// <summary>A published correction: what one rule of one earlier rule set gave is taken away.</summary>
/// <param name="RuleSet">Number of the earlier rule set.</param>
/// <param name="Rule">Name of a rule in it.</param>
[GenerateSerializer, Immutable, Alias("scoring.rule-correction")]
public sealed record RuleCorrection(int RuleSet, string Rule);

/// <summary>A named range of the score.</summary>
/// <param name="Name">1 to 40 of a-z, 0-9 and hyphens.</param>
/// <param name="From">The least score in the tier, inclusive; it ends below the next tier's.</param>
[GenerateSerializer, Immutable, Alias("scoring.tier")]
public sealed record Tier(string Name, long From);

/// <summary>What one kind of event contributes.</summary>
/// <param name="Id">Its name across versions, 1 to 40 of a-z, 0-9 and hyphens.</param>
/// <param name="EventType">The event type it values, one of the programme's.</param>
/// <param name="When">Which of those events; <see langword="null"/> for all.</param>
/// <param name="Points">What each contributes.</param>
/// <param name="CapPerDay">Bounds the sum of one day in both directions, 1 to 1,000,000.</param>
/// <param name="CapPerWindow">Bounds the rule's worth in both directions, 1 to 1,000,000.</param>
/// <param name="WindowDays">A day counts while its age is below this many days, 1 to 730.</param>
/// <param name="HalfLifeDays">After so many days a day's worth has halved, 1 to 730; 0 for no fading.</param>
/// <param name="Reason">What it rewards or takes, in plain words to the person scored, 1 to 200 characters.</param>
[GenerateSerializer, Immutable, Alias("scoring.rule")]
public sealed record Rule(
    string Id, string EventType, Condition? When, Points Points, long CapPerDay, long CapPerWindow, int WindowDays, int HalfLifeDays,
    string Reason);

/// <summary>What an event contributes: always an integer from -100,000 to 100,000.</summary>
[GenerateSerializer, Immutable, Alias("scoring.points")]
public abstract record Points;

/// <summary>The same for every event.</summary>
/// <param name="Value">The points.</param>
[GenerateSerializer, Immutable, Alias("scoring.points.fixed")]
public sealed record FixedPoints(long Value) : Points;

/// <summary>By the value of a code or boolean attribute; a value without a row contributes nothing.</summary>
/// <param name="Attribute">A code or boolean attribute of the rule's event type.</param>
/// <param name="Rows">Distinct values, in ascending order (ordinal).</param>
[GenerateSerializer, Immutable, Alias("scoring.points.by-value")]
public sealed record PointsByValue(string Attribute, ImmutableArray<PointsRow> Rows) : Points;

/// <summary>The points of one value.</summary>
/// <param name="Value">A code; or <c>true</c> or <c>false</c>.</param>
/// <param name="Points">The points.</param>
[GenerateSerializer, Immutable, Alias("scoring.points.row")]
public sealed record PointsRow(string Value, long Points);

/// <summary>A typed condition on an event's attributes; data, not code. An absent attribute makes a comparison false.</summary>
[GenerateSerializer, Immutable, Alias("scoring.condition")]
public abstract record Condition;

/// <summary>True when every part is; at least one part, at most eight levels deep.</summary>
/// <param name="Parts">The parts.</param>
[GenerateSerializer, Immutable, Alias("scoring.condition.all")]
public sealed record AllOf(ImmutableArray<Condition> Parts) : Condition;

/// <summary>True when at least one part is.</summary>
/// <param name="Parts">The parts.</param>
[GenerateSerializer, Immutable, Alias("scoring.condition.any")]
public sealed record AnyOf(ImmutableArray<Condition> Parts) : Condition;

/// <summary>True when the part is not.</summary>
/// <param name="Part">The part.</param>
[GenerateSerializer, Immutable, Alias("scoring.condition.not")]
public sealed record Negated(Condition Part) : Condition;

/// <summary>Compares an integer attribute.</summary>
/// <param name="Attribute">An integer attribute of the rule's event type.</param>
/// <param name="Operator">How.</param>
/// <param name="Value">With what, within the attribute's range.</param>
[GenerateSerializer, Immutable, Alias("scoring.condition.integer")]
public sealed record IntegerIs(string Attribute, Comparison Operator, long Value) : Condition;

/// <summary>True when a code attribute is one of the values, or a boolean one is <c>true</c> / <c>false</c>.</summary>
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
