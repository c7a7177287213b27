using System.Collections.Frozen;
using System.Collections.Immutable;
using Scoring.Events;
using Scoring.Programmes;

namespace Scoring.Rules;

/// <summary>All published programmes, made ready for folding. Never changes; a newer one takes its place.</summary>
public sealed class RuleBook
{
    private readonly FrozenDictionary<ProgrammeId, ProgrammeRules> programmes;

    private RuleBook(FrozenDictionary<ProgrammeId, ProgrammeRules> programmes) => this.programmes = programmes;

    /// <summary>A book without programmes.</summary>
    public static RuleBook Empty { get; } = Compile([], []);

    /// <summary>Its programmes.</summary>
    public ImmutableArray<ProgrammeRules> Programmes => programmes.Values;

    /// <summary>Makes a book of documents that were checked.</summary>
    /// <exception cref="ArgumentException">They were not checked and do not fit together.</exception>
    public static RuleBook Compile(
        IEnumerable<(Programme Programme, ImmutableArray<RuleSet> RuleSets)> programmes, IEnumerable<EventType> eventTypes)
    {
        var types = eventTypes.ToDictionary(type => type.Name, StringComparer.Ordinal);
        return new RuleBook(programmes
            .Select(pair => new ProgrammeRules(pair.Programme, pair.RuleSets, types))
            .ToFrozenDictionary(rules => rules.Programme.Id));
    }

    /// <summary>The rules of a programme, or <see langword="null"/> when it is not published.</summary>
    public ProgrammeRules? Find(ProgrammeId programme) => programmes.GetValueOrDefault(programme);
}
