using System.Collections.Frozen;
using System.Collections.Immutable;
using Scoring.Events;
using Scoring.Scores;

namespace Scoring.Programmes;

/// <summary>
/// The catalogue of <see cref="CurrentRuleBook"/> with its look-ups. They are worked out once for each catalogue, whoever asks first.
/// </summary>
/// <exception cref="RuleBookStaleException">Thrown by every member while there is no catalogue yet.</exception>
public sealed class CurrentCatalogue(CurrentRuleBook ruleBook, ProgrammeClock clock)
{
    private volatile CatalogueIndex? _known;

    /// <summary>The catalogue with the days of now and the terms in force on them.</summary>
    public Catalogue Current()
    {
        var known = Latest();
        var now = clock.Now;
        return known.Catalogue with
        {
            Programmes = [.. known.Catalogue.Programmes.Select(p => p.On(known.Programmes[p.Programme.Id.Value].Day(now)))],
        };
    }

    /// <summary>A published programme, or <see langword="null"/>.</summary>
    public KnownProgramme? Find(ProgrammeId id) => Latest().Programmes.GetValueOrDefault(id.Value);

    /// <summary>A registered source; <see langword="null"/> when there is none or it is stopped.</summary>
    public Source? Source(string id) => Latest().Sources.GetValueOrDefault(id);

    /// <summary>A registered service; <see langword="null"/> when there is none or it is stopped.</summary>
    public Service? Service(string id) => RegisteredService(id) is { Stopped: false } service ? service : null;

    /// <summary>A registered service, stopped or not; <see langword="null"/> when there is none.</summary>
    public Service? RegisteredService(string id) => Latest().Services.GetValueOrDefault(id);

    /// <summary>The services that may query a programme; without the stopped ones.</summary>
    public IEnumerable<Service> ServicesOf(ProgrammeId programme) =>
        Latest().Catalogue.Services.Where(service => service.Programme == programme && !service.Stopped);

    /// <summary>The event types that terms name, in their order, stopped or not.</summary>
    public ImmutableArray<EventType> EventTypesOf(Programme terms)
    {
        var types = Latest().EventTypes;
        return [.. terms.EventTypes.Where(types.ContainsKey).Select(name => types[name])];
    }

    private CatalogueIndex Latest()
    {
        var catalogue = ruleBook.Catalogue;
        var known = _known;
        if (known is null || !ReferenceEquals(known.Catalogue, catalogue)) _known = known = new CatalogueIndex(catalogue);
        return known;
    }

    private sealed class CatalogueIndex
    {
        public CatalogueIndex(Catalogue catalogue)
        {
            Catalogue = catalogue;
            var types = catalogue.EventTypes.ToDictionary(type => type.Name, StringComparer.Ordinal);
            EventTypes = types.ToFrozenDictionary(StringComparer.Ordinal);
            Programmes = catalogue.Programmes.ToFrozenDictionary(
                p => p.Programme.Id.Value, p => new KnownProgramme(p, types), StringComparer.Ordinal);
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
