using System.Collections.Immutable;
using Scoring.Events;
using Scoring.Programmes;

namespace Scoring.Rules;

/// <summary>The documents of a folder that are read and not yet checked against each other. A faulty part of a document is empty.</summary>
internal sealed class Draft
{
    private readonly SortedDictionary<string, ProgrammeDraft> _programmes = new(StringComparer.Ordinal);

    /// <summary>The problems of each document.</summary>
    public List<Problems> Documents { get; } = [];

    /// <summary>The event types by name.</summary>
    public SortedDictionary<string, EventType> EventTypes { get; } = new(StringComparer.Ordinal);

    /// <summary>The sources in the order of the document.</summary>
    public List<Source> Sources { get; } = [];

    /// <summary>The services in the order of the document.</summary>
    public List<Service> Services { get; } = [];

    /// <summary>The problems of the document of registrations; <see langword="null"/> when there is none.</summary>
    public Problems? Registrations { get; set; }

    /// <summary>The programmes in ascending folder names.</summary>
    public IEnumerable<ProgrammeDraft> Programmes => _programmes.Values;

    /// <summary>The programme of a folder, which is added when it is new.</summary>
    public ProgrammeDraft Programme(string folder)
    {
        if (!_programmes.TryGetValue(folder, out var draft)) _programmes.Add(folder, draft = new ProgrammeDraft(folder));
        return draft;
    }

    /// <summary>The content of documents without problems.</summary>
    public DocumentSet Finished() => new(
        [.. _programmes.Values.SelectMany(draft => draft.Finished(EventTypes))], [.. EventTypes.Values],
        [.. Sources.OrderBy(source => source.Id, StringComparer.Ordinal)],
        [.. Services.OrderBy(service => service.Id, StringComparer.Ordinal)], []);
}

/// <summary>The folder of one programme that is read.</summary>
/// <param name="folder">The folder's name.</param>
internal sealed class ProgrammeDraft(string folder)
{
    /// <summary>The folder's name.</summary>
    public string Folder => folder;

    /// <summary>The versions by the number in their files' names.</summary>
    public SortedDictionary<int, VersionDraft> Versions { get; } = [];

    /// <summary>The version of a number, which is added when it is new.</summary>
    public VersionDraft Version(int number)
    {
        if (!Versions.TryGetValue(number, out var version)) Versions.Add(number, version = new VersionDraft());
        return version;
    }

    /// <summary>The versions of documents without problems, each with its differences from the one before.</summary>
    public IEnumerable<ProgrammeVersion> Finished(IReadOnlyDictionary<string, EventType> types)
    {
        ProgrammeVersion? before = null;
        foreach (var version in Versions.Values)
            yield return before = VersionChange.Of(
                before, version.Terms!.Value, RuleSetDocument.Hashed(version.RuleSet!.Value), version.Assessment!.Value, types);
    }
}

/// <summary>A document that is read.</summary>
/// <param name="Value">The content; faulty parts are empty.</param>
/// <param name="Problems">The problems of the document.</param>
internal sealed record ReadDocument<T>(T Value, Problems Problems);

/// <summary>The three documents of one version. A document is <see langword="null"/> when it is missing or not JSON.</summary>
internal sealed class VersionDraft
{
    /// <summary>The programme's terms.</summary>
    public ReadDocument<Programme>? Terms { get; set; }

    /// <summary>The rule set.</summary>
    public ReadDocument<RuleSet>? RuleSet { get; set; }

    /// <summary>The impact assessment.</summary>
    public ReadDocument<Assessment>? Assessment { get; set; }
}
