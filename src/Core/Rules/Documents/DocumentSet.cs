using System.Collections.Immutable;
using Scoring.Events;
using Scoring.Programmes;

namespace Scoring.Rules;

/// <summary>What documents say, or everything that is wrong with them: either there are no problems or there is nothing else.</summary>
/// <param name="Versions">The versions of all programmes, by programme and ascending number.</param>
/// <param name="EventTypes">Event types by name.</param>
/// <param name="Sources">Registered sources by id.</param>
/// <param name="Services">Registered services by id.</param>
/// <param name="Problems">Everything that is wrong.</param>
public sealed record DocumentSet(
    ImmutableArray<ProgrammeVersion> Versions, ImmutableArray<EventType> EventTypes, ImmutableArray<Source> Sources,
    ImmutableArray<Service> Services, ImmutableArray<DocumentProblem> Problems)
{
    /// <summary>No documents at all.</summary>
    public static DocumentSet Empty { get; } = new([], [], [], [], []);

    /// <summary>Programmes by name, each as its latest version has it, with its rule sets in ascending numbers.</summary>
    public ImmutableArray<(Programme Programme, ImmutableArray<RuleSet> RuleSets)> Programmes =>
        [.. ByProgramme().Select(versions => (versions[^1].Terms, versions.Select(version => version.RuleSet).ToImmutableArray()))];

    /// <summary>Makes a rule book of documents without problems.</summary>
    public RuleBook Compile() => RuleBook.Compile(Versions, EventTypes);

    /// <summary>A programme's published versions, ascending; empty when there is no such programme.</summary>
    public ImmutableArray<ProgrammeVersion> VersionsOf(ProgrammeId programme) =>
        [.. Versions.Where(version => version.Terms.Id == programme).OrderBy(version => version.RuleSet.Number)];

    /// <summary>The catalogue at an instant.</summary>
    /// <param name="now">The programmes' clock.</param>
    /// <param name="standing">What is suspended, ended or stopped; nothing by default.</param>
    public Catalogue Publish(DateTimeOffset now, StoppedState? standing = null)
    {
        var stands = standing ?? StoppedState.Undisturbed;
        var programmes = ByProgramme().Select(versions => Published(versions, now, stands));
        return CatalogueHash.Hashed(new Catalogue(
            [.. programmes], [.. EventTypes.Select(stands.Of)], [.. Sources.Select(stands.Of)], [.. Services.Select(stands.Of)], ""));
    }

    private IEnumerable<ImmutableArray<ProgrammeVersion>> ByProgramme() =>
        Versions.GroupBy(version => version.Terms.Id).OrderBy(versions => versions.Key.Value, StringComparer.Ordinal)
            .Select(versions => versions.OrderBy(version => version.RuleSet.Number).ToImmutableArray());

    private static PublishedProgramme Published(ImmutableArray<ProgrammeVersion> versions, DateTimeOffset now, StoppedState standing)
    {
        var id = versions[0].Terms.Id;
        var published = new PublishedProgramme(
            versions[0].Terms, [.. versions.Select(version => version.RuleSet)],
            ProgrammeDay.Of(now, TimeZoneInfo.FindSystemTimeZoneById(versions[0].Terms.Zone)), standing.Suspended.Contains(id))
        {
            Ended = standing.Ended.Contains(id),
            Versions = versions,
        };
        return published.On(published.Today);
    }
}
