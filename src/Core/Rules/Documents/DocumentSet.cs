using System.Collections.Immutable;
using Scoring.Events;
using Scoring.Programmes;

namespace Scoring.Rules;

/// <summary>The content of a set of documents, or its problems: when there are problems, everything else is empty.</summary>
/// <param name="Versions">The versions of all programmes, by programme in ascending numbers.</param>
/// <param name="EventTypes">The event types in ascending names.</param>
/// <param name="Sources">The registered sources in ascending ids.</param>
/// <param name="Services">The registered services in ascending ids.</param>
/// <param name="Problems">All problems of all documents.</param>
public sealed record DocumentSet(
    ImmutableArray<ProgrammeVersion> Versions, ImmutableArray<EventType> EventTypes, ImmutableArray<Source> Sources,
    ImmutableArray<Service> Services, ImmutableArray<DocumentProblem> Problems)
{
    /// <summary>A set without documents.</summary>
    public static DocumentSet Empty { get; } = new([], [], [], [], []);

    /// <summary>
    /// The programmes in ascending ids, each with the terms of its latest version and its rule sets in ascending numbers.
    /// </summary>
    public ImmutableArray<(Programme Programme, ImmutableArray<RuleSet> RuleSets)> Programmes =>
        [.. ByProgramme().Select(versions => (versions[^1].Terms, versions.Select(version => version.RuleSet).ToImmutableArray()))];

    /// <summary>Compiles documents without problems to a rule book.</summary>
    /// <exception cref="ArgumentException">The documents do not fit together.</exception>
    public RuleBook Compile() => RuleBook.Compile(Versions, EventTypes);

    /// <summary>A programme's versions in ascending numbers; empty when there is no such programme.</summary>
    public ImmutableArray<ProgrammeVersion> VersionsOf(ProgrammeId programme) =>
        [.. Versions.Where(version => version.Terms.Id == programme).OrderBy(version => version.RuleSet.Number)];

    /// <summary>The catalogue at an instant, with its hash.</summary>
    /// <param name="now">The instant that decides each programme's day.</param>
    /// <param name="stopped">The suspended and ended programmes and registrations; none by default.</param>
    public Catalogue Publish(DateTimeOffset now, StoppedState? stopped = null)
    {
        var state = stopped ?? StoppedState.Undisturbed;
        var programmes = ByProgramme().Select(versions => Published(versions, now, state));
        return CatalogueHash.Hashed(new Catalogue(
            [.. programmes], [.. EventTypes.Select(state.Of)], [.. Sources.Select(state.Of)], [.. Services.Select(state.Of)], ""));
    }

    private IEnumerable<ImmutableArray<ProgrammeVersion>> ByProgramme() =>
        Versions.GroupBy(version => version.Terms.Id).OrderBy(versions => versions.Key.Value, StringComparer.Ordinal)
            .Select(versions => versions.OrderBy(version => version.RuleSet.Number).ToImmutableArray());

    private static PublishedProgramme Published(ImmutableArray<ProgrammeVersion> versions, DateTimeOffset now, StoppedState state)
    {
        var id = versions[0].Terms.Id;
        var published = new PublishedProgramme(
            versions[0].Terms, [.. versions.Select(version => version.RuleSet)],
            ProgrammeDay.Of(now, TimeZoneInfo.FindSystemTimeZoneById(versions[0].Terms.Zone)), state.Suspended.Contains(id))
        {
            Ended = state.Ended.Contains(id),
            Versions = versions,
        };
        return published.On(published.Today);
    }
}
