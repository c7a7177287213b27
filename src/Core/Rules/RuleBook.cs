using System.Collections.Frozen;
using Scoring.Events;
using Scoring.Programmes;

namespace Scoring.Rules;

/// <summary>The compiled rules of all published programmes. Immutable; a publication makes a new book.</summary>
public sealed class RuleBook
{
    private readonly FrozenDictionary<ProgrammeId, ProgrammeRules> _programmes;

    private RuleBook(FrozenDictionary<ProgrammeId, ProgrammeRules> programmes) => _programmes = programmes;

    /// <summary>Compiles documents that were checked.</summary>
    /// <param name="versions">Versions of any programmes in any order; each programme's numbers run from 1 without a gap.</param>
    /// <param name="eventTypes">The event types that the versions take.</param>
    /// <exception cref="ArgumentException">The documents were not checked and do not fit together.</exception>
    public static RuleBook Compile(IEnumerable<ProgrammeVersion> versions, IEnumerable<EventType> eventTypes)
    {
        var types = eventTypes.ToDictionary(type => type.Name, StringComparer.Ordinal);
        return new RuleBook(versions
            .GroupBy(version => version.Terms.Id)
            .ToFrozenDictionary(programme => programme.Key, programme => new ProgrammeRules([.. programme], types)));
    }

    /// <summary>The rules of a programme; <see langword="null"/> when it is not published.</summary>
    public ProgrammeRules? Find(ProgrammeId programme) => _programmes.GetValueOrDefault(programme);
}
