using System.Collections.Frozen;
using System.Collections.Immutable;
using Scoring.Events;
using Scoring.Scores;

namespace Scoring.Programmes;

/// <summary>
/// The catalogue of <see cref="CurrentRuleBook"/> with its indexes, which the first use builds once for each catalogue.
/// </summary>
/// <exception cref="RuleBookStaleException">There is no catalogue yet (from every member).</exception>
public sealed class CurrentCatalogue(CurrentRuleBook ruleBook, ProgrammeClock clock)
{
    private volatile CatalogueIndex? _index;

    /// <summary>Returns the catalogue with the current days and the terms in force on them.</summary>
    public Catalogue Current()
    {
        var latest = Latest();
        var now = clock.Now;
        return latest.Catalogue with
        {
            Programmes =
            [
                .. latest.Catalogue.Programmes.Select(published => published.On(
                    latest.Programmes[published.Programme.Id.Value].Day(now))),
            ],
        };
    }

    /// <summary>Returns a published programme, or <see langword="null"/>.</summary>
    public KnownProgramme? Find(ProgrammeId id) => Latest().Programmes.GetValueOrDefault(id.Value);

    /// <summary>Returns a registered source; <see langword="null"/> when there is none or it is stopped.</summary>
    public Source? Source(string id) => Latest().Sources.GetValueOrDefault(id);

    /// <summary>Returns a registered service; <see langword="null"/> when there is none or it is stopped.</summary>
    public Service? Service(string id) => RegisteredService(id) is { Stopped: false } service ? service : null;

    /// <summary>Returns a registered service, stopped or not; <see langword="null"/> when there is none.</summary>
    public Service? RegisteredService(string id) => Latest().Services.GetValueOrDefault(id);

    /// <summary>Returns the services that may query a programme, without the stopped ones.</summary>
    public IEnumerable<Service> ServicesOf(ProgrammeId programme) =>
        Latest().Catalogue.Services.Where(service => service.Programme == programme && !service.Stopped);

    /// <summary>Returns the event types that a programme's terms name, in their order, stopped or not.</summary>
    public ImmutableArray<EventType> EventTypesOf(Programme terms)
    {
        var types = Latest().EventTypes;
        return [.. terms.EventTypes.Where(types.ContainsKey).Select(name => types[name])];
    }

    private CatalogueIndex Latest()
    {
        var catalogue = ruleBook.Catalogue;
        var index = _index;
        if (index is null || !ReferenceEquals(index.Catalogue, catalogue)) _index = index = new CatalogueIndex(catalogue);
        return index;
    }

    private sealed class CatalogueIndex
    {
        public CatalogueIndex(Catalogue catalogue)
        {
            Catalogue = catalogue;
            var types = catalogue.EventTypes.ToDictionary(type => type.Name, StringComparer.Ordinal);
            EventTypes = types.ToFrozenDictionary(StringComparer.Ordinal);
            Programmes = catalogue.Programmes.ToFrozenDictionary(
                published => published.Programme.Id.Value, published => new KnownProgramme(published, types), StringComparer.Ordinal);
            Sources = catalogue.Sources.Where(source => !source.Stopped)
                .ToFrozenDictionary(source => source.Id, StringComparer.Ordinal);
            Services = catalogue.Services.ToFrozenDictionary(service => service.Id, StringComparer.Ordinal);
        }

        public Catalogue Catalogue { get; }

        public FrozenDictionary<string, KnownProgramme> Programmes { get; }

        public FrozenDictionary<string, EventType> EventTypes { get; }

        public FrozenDictionary<string, Source> Sources { get; }

        public FrozenDictionary<string, Service> Services { get; }
    }
}
