using System.Collections.Frozen;
using Scoring.Events;
using Scoring.Programmes;

namespace Scoring.Rules;

/// <summary>All published programmes, made ready for folding. Never changes; a newer one takes its place.</summary>
public sealed class RuleBook
{
    private readonly FrozenDictionary<ProgrammeId, ProgrammeRules> programmes;

    private RuleBook(FrozenDictionary<ProgrammeId, ProgrammeRules> programmes) => this.programmes = programmes;

    /// <summary>Makes a book of documents that were checked.</summary>
    /// <exception cref="ArgumentException">They were not checked and do not fit together.</exception>
    /// <param name="versions">Versions of any programmes in any order; each programme's numbers run from 1 without a gap.</param>
    /// <param name="eventTypes">The event types that they take.</param>
    public static RuleBook Compile(IEnumerable<ProgrammeVersion> versions, IEnumerable<EventType> eventTypes)
    {
        var types = eventTypes.ToDictionary(type => type.Name, StringComparer.Ordinal);
        return new RuleBook(versions
            .GroupBy(version => version.Terms.Id)
            .ToFrozenDictionary(programme => programme.Key, programme => new ProgrammeRules([.. programme], types)));
    }

    /// <summary>The rules of a programme, or <see langword="null"/> when it is not published.</summary>
    public ProgrammeRules? Find(ProgrammeId programme) => programmes.GetValueOrDefault(programme);
}
