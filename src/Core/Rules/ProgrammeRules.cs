using System.Collections.Immutable;
using System.Security.Cryptography;
using Scoring.Events;
using Scoring.Programmes;

namespace Scoring.Rules;

/// <summary>A programme with all its versions, made ready for folding. Never changes.</summary>
public sealed class ProgrammeRules
{
    /// <summary>How many rules a programme may have over all its rule sets, by distinct name.</summary>
    public const int RulesMax = 1024;

    /// <summary>How many rules one rule set may have.</summary>
    public const int RulesPerSetMax = 64;

    private readonly int[] firstDays;
    private readonly int[] longestWindows;
    private readonly RuleTerms?[][] terms;
    private readonly long[][] capsPerWindow;
    private readonly Rule?[][] latest;
    private readonly int[][] takenBackFrom;
    private readonly CompiledType[] types;

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
        longestWindows = [.. RuleSets.Select(set => set.Rules.Select(rule => rule.WindowDays).DefaultIfEmpty(0).Max())];
        LongestWindowDays = longestWindows.Max();
        firstDays = [.. RuleSets.Select(set => set.FirstDay.DayNumber)];
        terms = [.. RuleSets.Select(set => TermsOf(set, numbers))];
        latest = Latest(numbers);
        takenBackFrom = [.. RuleSets.Select(set => TakenBackFrom(set.Number, numbers))];
        capsPerWindow = [.. latest.Select(rules => rules.Select(rule => rule?.CapPerWindow ?? 0).ToArray())];
        var taken = versions.SelectMany(version => version.Terms.EventTypes).Distinct().Order(StringComparer.Ordinal)
            .Select(name => eventTypes[name]).ToArray();
        types = [.. taken.Select(type => new CompiledType(type, RulesOf(type, numbers)))];
        Hash = HashOf(versions, taken);
    }

    /// <summary>The programme as its latest version has it. What a score depends on is the same in every version.</summary>
    public Programme Programme { get; }

    /// <summary>Its rule sets in ascending numbers.</summary>
    public ImmutableArray<RuleSet> RuleSets { get; }

    /// <summary>The zone in which its instants become days.</summary>
    public TimeZoneInfo Zone { get; }

    /// <summary>
    /// SHA-256 over all versions' terms, the event types that any of them takes, and all rule sets, 64 lower-case hexadecimal digits. A
    /// fold made under another hash is discarded. Assessments are not in it, because no score depends on them.
    /// </summary>
    public string Hash { get; }

    /// <summary>The longest window of any rule of any rule set, in days.</summary>
    public int LongestWindowDays { get; }

    /// <summary>Rules by number: in the order in which they first appear, so that a new rule set renumbers none.</summary>
    internal ImmutableArray<string> RuleNames { get; }

    /// <summary>The day of an instant in the programme's zone.</summary>
    public DateOnly Day(DateTimeOffset instant) => ProgrammeDay.Of(instant, Zone);

    /// <summary>The rule set in force on a day; before the first one's day, the first.</summary>
    public RuleSet InForce(DateOnly day) => RuleSets[SetIndex(day.DayNumber)];

    internal int SetIndex(int dayNumber)
    {
        var index = firstDays.Length - 1;
        while (index > 0 && firstDays[index] > dayNumber) index--;
        return index;
    }

    /// <summary>The longest window of any rule of one rule set, in days.</summary>
    internal int LongestWindowDaysOf(int set) => longestWindows[set];

    /// <summary>What a rule set has on a rule; <see langword="null"/> when it has not the rule.</summary>
    internal RuleTerms? Terms(int set, int rule) => terms[set][rule];

    /// <summary>The rule as a rule set or the last one before that had it has it.</summary>
    internal Rule? LatestRule(int set, int rule) => latest[set][rule];

    /// <summary>Whether what a rule gave days of one set is taken back for whoever asks under another.</summary>
    internal bool IsTakenBack(int daySet, int rule, int askedSet) => takenBackFrom[daySet][rule] <= askedSet;

    /// <summary>Number of the rule set that took it back; <see langword="null"/> when it is not.</summary>
    internal int? TakenBackBy(int daySet, int rule, int askedSet) =>
        IsTakenBack(daySet, rule, askedSet) ? RuleSets[takenBackFrom[daySet][rule]].Number : null;

    internal ReadOnlySpan<long> CapsPerWindow(int set) => capsPerWindow[set];

    /// <summary>
    /// Values an event of a day; writes only what is not zero. Returns why it cannot be valued, or <see langword="null"/>.
    /// </summary>
    internal string? Value(scoped in EntryBodyReader body, int day, scoped Span<RulePoints> points, out int count)
    {
        count = 0;
        if (body.Type.IsEmpty) return EntryFault.MemberMissing;
        var type = Find(body.Type);
        if (type is null) return EntryFault.EventTypeUnknown;
        Span<long> values = stackalloc long[type.AttributeCount];
        var fault = type.Place(body, values);
        if (fault is not null) return fault;
        foreach (var rule in type.Rules(SetIndex(day)))
        {
            var value = rule.Value(values);
            if (value != 0) points[count++] = new RulePoints(rule.Number, value);
        }
        return null;
    }

    private CompiledType? Find(ReadOnlySpan<byte> name)
    {
        foreach (var type in types)
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

    /// <summary>For each rule the index of the first rule set that takes back what it gave in a set; past all sets for none.</summary>
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
