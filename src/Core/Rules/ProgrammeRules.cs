using System.Collections.Immutable;
using System.Security.Cryptography;
using Scoring.Events;
using Scoring.Programmes;

namespace Scoring.Rules;

/// <summary>
/// The compiled rules of one programme with all its versions: what the fold needs to value an event, and to bound and fade its points.
/// Immutable.
/// </summary>
public sealed class ProgrammeRules
{
    /// <summary>The greatest number of rules of a programme over all its rule sets, by distinct name.</summary>
    public const int RulesMax = 1024;

    /// <summary>The greatest number of rules of one rule set.</summary>
    public const int RulesPerSetMax = 64;

    // Indexed by rule set, and those with two dimensions then by rule.
    private readonly int[] _firstDays;
    private readonly int[] _longestWindows;
    private readonly RuleTerms?[][] _terms;
    private readonly long[][] _capsPerWindow;
    private readonly Rule?[][] _latest;
    private readonly int[][] _takenBackFrom;
    private readonly CompiledType[] _types;

    internal ProgrammeRules(ImmutableArray<ProgrammeVersion> versions, IReadOnlyDictionary<string, EventType> eventTypes)
    {
        if (versions.IsEmpty) throw new ArgumentException("A programme needs a version.", nameof(versions));
        versions = [.. versions.OrderBy(version => version.RuleSet.Number)];
        Programme = versions[^1].Terms;
        RuleSets = [.. versions.Select(version => version.RuleSet)];
        Zone = TimeZoneInfo.FindSystemTimeZoneById(Programme.Zone);
        RuleNames = [.. RuleSets.SelectMany(set => set.Rules).Select(rule => rule.Id).Distinct()];
        if (RuleNames.Length > RulesMax) throw new ArgumentException("Too many rules over all rule sets.", nameof(versions));
        var numbers = RuleNames.Select((name, number) => (name, number)).ToDictionary(pair => pair.name, pair => pair.number);
        _longestWindows = [.. RuleSets.Select(set => set.Rules.Select(rule => rule.WindowDays).DefaultIfEmpty(0).Max())];
        LongestWindowDays = _longestWindows.Max();
        _firstDays = [.. RuleSets.Select(set => set.FirstDay.DayNumber)];
        _terms = [.. RuleSets.Select(set => TermsOf(set, numbers))];
        _latest = Latest(numbers);
        _takenBackFrom = [.. RuleSets.Select(set => TakenBackFrom(set.Number, numbers))];
        _capsPerWindow = [.. _latest.Select(rules => rules.Select(rule => rule?.CapPerWindow ?? 0).ToArray())];
        var taken = versions.SelectMany(version => version.Terms.EventTypes).Distinct().Order(StringComparer.Ordinal)
            .Select(name => eventTypes[name]).ToArray();
        _types = [.. taken.Select(type => new CompiledType(type, RulesOf(type, numbers)))];
        Hash = HashOf(versions, taken);
    }

    /// <summary>The latest version's terms. Floor, ceiling and zone, on which scores depend, are the same in every version.</summary>
    public Programme Programme { get; }

    /// <summary>The rule sets in ascending numbers. A rule set's index is its place here.</summary>
    public ImmutableArray<RuleSet> RuleSets { get; }

    /// <summary>The time zone in which instants become days.</summary>
    public TimeZoneInfo Zone { get; }

    /// <summary>
    /// SHA-256 over all versions' terms, the event types that any of them takes, and all rule sets; 64 lower-case hexadecimal digits. A
    /// fold that was made under another hash is discarded. The hash leaves assessments out, because no score depends on them.
    /// </summary>
    public string Hash { get; }

    /// <summary>The longest window of any rule of any rule set, in days.</summary>
    public int LongestWindowDays { get; }

    /// <summary>The rules' names by number, in the order of their first appearance, so that a new rule set renumbers none.</summary>
    internal ImmutableArray<string> RuleNames { get; }

    /// <summary>The day on which an instant falls in the programme's zone.</summary>
    public DateOnly Day(DateTimeOffset instant) => ProgrammeDay.Of(instant, Zone);

    /// <summary>The rule set in force on a day; before the first rule set's first day, the first.</summary>
    public RuleSet InForce(DateOnly day) => RuleSets[SetIndex(day.DayNumber)];

    /// <summary>The index of the rule set in force on a day; before the first rule set's first day, 0.</summary>
    internal int SetIndex(int dayNumber)
    {
        var index = _firstDays.Length - 1;
        while (index > 0 && _firstDays[index] > dayNumber) index--;
        return index;
    }

    /// <summary>The longest window of any rule of one rule set, in days.</summary>
    internal int LongestWindowDaysOf(int set) => _longestWindows[set];

    /// <summary>The terms of a rule in a rule set; <see langword="null"/> when the rule set does not have the rule.</summary>
    internal RuleTerms? Terms(int set, int rule) => _terms[set][rule];

    /// <summary>The rule in a rule set, or in the last earlier one that has it; <see langword="null"/> when none has it.</summary>
    internal Rule? LatestRule(int set, int rule) => _latest[set][rule];

    /// <summary>Whether a published correction takes back what a rule gave, so that it counts nothing on the asking day.</summary>
    /// <param name="daySet">The index of the rule set in force on the points' day.</param>
    /// <param name="rule">The rule.</param>
    /// <param name="askingSet">The index of the rule set in force on the asking day.</param>
    internal bool IsTakenBack(int daySet, int rule, int askingSet) => _takenBackFrom[daySet][rule] <= askingSet;

    /// <summary>The number of the rule set that takes it back; <see langword="null"/> when none does.</summary>
    internal int? TakenBackBy(int daySet, int rule, int askingSet) =>
        IsTakenBack(daySet, rule, askingSet) ? RuleSets[_takenBackFrom[daySet][rule]].Number : null;

    /// <summary>The caps of a window by rule, as <see cref="LatestRule"/> has them; 0 for a rule that does not exist yet.</summary>
    internal ReadOnlySpan<long> CapsPerWindow(int set) => _capsPerWindow[set];

    /// <summary>Values an event under the rule set in force on its day.</summary>
    /// <param name="body">The event's body.</param>
    /// <param name="day">The event's day number.</param>
    /// <param name="points">Receives the points that are not 0; at least <see cref="RulesPerSetMax"/> long.</param>
    /// <param name="count">The number of points that were written.</param>
    /// <returns>One of <see cref="EntryFault"/>; <see langword="null"/> for success.</returns>
    internal string? Value(scoped in EntryBodyReader body, int day, scoped Span<RulePoints> points, out int count)
    {
        count = 0;
        if (body.Type.IsEmpty) return EntryFault.MemberMissing;
        var type = FindType(body.Type);
        if (type is null) return EntryFault.EventTypeUnknown;
        Span<long> values = stackalloc long[type.AttributeCount];
        var fault = type.ReadAttributes(body, values);
        if (fault is not null) return fault;
        foreach (var rule in type.Rules(SetIndex(day)))
        {
            var value = rule.PointsFor(values);
            if (value != 0) points[count++] = new RulePoints(rule.Number, value);
        }
        return null;
    }

    private CompiledType? FindType(ReadOnlySpan<byte> name)
    {
        foreach (var type in _types)
            if (name.SequenceEqual(type.Name)) return type;
        return null;
    }

    private static RuleTerms?[] TermsOf(RuleSet set, Dictionary<string, int> numbers)
    {
        var terms = new RuleTerms?[numbers.Count];
        foreach (var rule in set.Rules)
            terms[numbers[rule.Id]] = new RuleTerms(
                rule.CapPerDay, rule.WindowDays, rule.HalfLifeDays, FactorTable.Table(rule.HalfLifeDays));
        return terms;
    }

    /// <summary>
    /// For each rule, the index of the first rule set that takes back what the rule gave in a set; past all sets for none.
    /// </summary>
    private int[] TakenBackFrom(int setNumber, Dictionary<string, int> numbers)
    {
        var from = new int[numbers.Count];
        Array.Fill(from, int.MaxValue);
        for (var set = RuleSets.Length - 1; set >= 0; set--)
            foreach (var correction in RuleSets[set].Corrections)
                if (correction.RuleSet == setNumber && numbers.TryGetValue(correction.Rule, out var rule)) from[rule] = set;
        return from;
    }

    private Rule?[][] Latest(Dictionary<string, int> numbers)
    {
        var bySet = new Rule?[RuleSets.Length][];
        for (var set = 0; set < bySet.Length; set++)
        {
            bySet[set] = set == 0 ? new Rule?[numbers.Count] : [.. bySet[set - 1]];
            foreach (var rule in RuleSets[set].Rules) bySet[set][numbers[rule.Id]] = rule;
        }
        return bySet;
    }

    private CompiledRule[][] RulesOf(EventType type, Dictionary<string, int> numbers) =>
    [
        .. RuleSets.Select(set => set.Rules
            .Where(rule => rule.EventType == type.Name)
            .Select(rule => new CompiledRule(numbers[rule.Id], rule, type))
            .ToArray()),
    ];

    private static string HashOf(ImmutableArray<ProgrammeVersion> versions, EventType[] types)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var version in versions) hash.AppendData(ProgrammeDocument.Write(version.Terms));
        foreach (var type in types) hash.AppendData(EventTypeDocument.Write(type));
        foreach (var version in versions) hash.AppendData(RuleSetDocument.Write(version.RuleSet));
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
