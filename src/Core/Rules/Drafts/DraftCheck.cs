using System.Collections.Immutable;
using Scoring.Administration;
using Scoring.Programmes;

namespace Scoring.Rules;

/// <summary>Reads a draft and reports every problem that prevents its publication. Pure functions.</summary>
public static class DraftCheck
{
    /// <summary>Checks a draft against what is published: its form, its rules, the publication gate and the notice period.</summary>
    /// <param name="json"><c>{"programme":{…},"ruleSet":{…},"assessment":{…}}</c> in UTF-8.</param>
    /// <param name="programme">The programme of the draft.</param>
    /// <param name="published">Everything that is published.</param>
    /// <param name="now">The instant that decides the programme's day.</param>
    /// <param name="limits">The notice periods.</param>
    public static CheckedDraft Check(
        ReadOnlyMemory<byte> json, ProgrammeId programme, DocumentSet published, DateTimeOffset now, PublicationLimits limits)
    {
        var draft = ReadDraft.Of(json);
        var isReadable = draft.Problems.IsEmpty;
        var earlier = published.VersionsOf(programme);
        var types = published.EventTypes.ToDictionary(type => type.Name, StringComparer.Ordinal);
        VersionCheck.Check(draft.Version, [.. earlier.Select(version => (version.Terms, version.RuleSet))], types);
        PublicationGate.Check(draft.Version, programme, earlier, published, now, limits);
        var problems = draft.Problems;
        var readable = isReadable
            ? VersionChange.Of(
                earlier.LastOrDefault(), draft.Version.Terms!.Value, RuleSetDocument.Hashed(draft.Version.RuleSet!.Value),
                draft.Version.Assessment!.Value, types)
            : null;
        return new CheckedDraft(
            problems.IsEmpty ? readable : null, problems, draft.Canonical, CanonicalJson.Hash(draft.Canonical)) { Readable = readable };
    }

    /// <summary>The programme that a draft's id names; the default value, which names none, when it has no readable id.</summary>
    /// <param name="json">The draft in UTF-8.</param>
    public static ProgrammeId NameOf(ReadOnlyMemory<byte> json) => ReadDraft.Of(json).Version.Terms?.Value.Id ?? default;
}

/// <summary>The notice periods of publications.</summary>
/// <param name="NoticeDays">The days from publication to the first day of a later version, 1 to 365.</param>
/// <param name="FirstNoticeDays">The same for a programme's first version, 1 to 365.</param>
public sealed record PublicationLimits(int NoticeDays, int FirstNoticeDays);

/// <summary>A draft that is checked.</summary>
/// <param name="Version">The version that a publication would make; <see langword="null"/> when there are problems.</param>
/// <param name="Problems">All problems, with pointers from the draft's root.</param>
/// <param name="Canonical">The draft in canonical JSON; the text as sent when it has no canonical form.</param>
/// <param name="Hash">SHA-256 of <paramref name="Canonical"/>, 64 lower-case hexadecimal digits.</param>
public sealed record CheckedDraft(ProgrammeVersion? Version, ImmutableArray<DraftProblem> Problems, byte[] Canonical, string Hash)
{
    /// <summary>The version also when it may not be published; <see langword="null"/> while a part cannot be read.</summary>
    public ProgrammeVersion? Readable { get; init; }
}
