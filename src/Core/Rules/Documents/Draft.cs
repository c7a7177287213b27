using System.Collections.Immutable;
using Scoring.Events;
using Scoring.Programmes;

namespace Scoring.Rules;

/// <summary>Documents that were read and are still to be checked against each other. What was at fault in one is empty in it.</summary>
internal sealed class Draft
{
    private readonly SortedDictionary<string, ProgrammeDraft> programmes = new(StringComparer.Ordinal);

    public List<Problems> Documents { get; } = [];

    public SortedDictionary<string, EventType> EventTypes { get; } = new(StringComparer.Ordinal);

    public List<Source> Sources { get; } = [];

    public List<Service> Services { get; } = [];

    public Problems? Registrations { get; set; }

    public IEnumerable<ProgrammeDraft> Programmes => programmes.Values;

    public ProgrammeDraft Programme(string folder)
    {
        if (!programmes.TryGetValue(folder, out var draft)) programmes.Add(folder, draft = new ProgrammeDraft(folder));
        return draft;
    }

    public DocumentSet Finished() => new(
        [.. programmes.Values.SelectMany(draft => draft.Finished(EventTypes))], [.. EventTypes.Values],
        [.. Sources.OrderBy(source => source.Id, StringComparer.Ordinal)],
        [.. Services.OrderBy(service => service.Id, StringComparer.Ordinal)], []);
}

/// <summary>A programme's folder that was read.</summary>
internal sealed class ProgrammeDraft(string folder)
{
    public string Folder => folder;

    /// <summary>Versions by the number in their files' names.</summary>
    public SortedDictionary<int, VersionDraft> Versions { get; } = [];

    public VersionDraft Version(int number)
    {
        if (!Versions.TryGetValue(number, out var version)) Versions.Add(number, version = new VersionDraft());
        return version;
    }

    public IEnumerable<ProgrammeVersion> Finished(IReadOnlyDictionary<string, EventType> types)
    {
        ProgrammeVersion? before = null;
        foreach (var version in Versions.Values)
            yield return before = VersionChange.Of(
                before, version.Terms!.Value, RuleSetDocument.Hashed(version.RuleSet!.Value), version.Assessment!.Value, types);
    }
}

/// <summary>A document that was read, and where what is wrong with it is noted.</summary>
internal sealed record ReadDocument<T>(T Value, Problems Problems);

/// <summary>The three documents of one version; <see langword="null"/> when one is not there or no JSON.</summary>
internal sealed class VersionDraft
{
    public ReadDocument<Programme>? Terms { get; set; }

    public ReadDocument<RuleSet>? RuleSet { get; set; }

    public ReadDocument<Assessment>? Assessment { get; set; }
}
