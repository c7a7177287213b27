using System.Collections.Immutable;
using System.Text.Json;
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
        var root = new Problems("");
        var draft = new VersionDraft();
        var canonical = DraftText.Read(json, root, element => Read(element, root, draft));
        var earlier = published.VersionsOf(programme);
        var types = published.EventTypes.ToDictionary(type => type.Name, StringComparer.Ordinal);
        VersionCheck.Check(draft, [.. earlier.Select(version => (version.Terms, version.RuleSet))], types);
        PublicationGate.Check(draft, programme, earlier, published, now, limits);
        ImmutableArray<DraftProblem> problems =
            [.. DraftText.FromRoot(root), .. Of(draft.Terms?.Problems), .. Of(draft.RuleSet?.Problems), .. Of(draft.Assessment?.Problems)];
        var version = problems.IsEmpty
            ? VersionChange.Of(
                earlier.LastOrDefault(), draft.Terms!.Value, RuleSetDocument.Hashed(draft.RuleSet!.Value), draft.Assessment!.Value, types)
            : null;
        return new CheckedDraft(version, problems, canonical, CanonicalJson.Hash(canonical));

        static IEnumerable<DraftProblem> Of(Problems? problems) => problems is null ? [] : DraftText.FromRoot(problems);
    }

    /// <summary>Reads the three parts. The problems of a part carry the part's pointer, where their own pointers begin.</summary>
    private static void Read(JsonElement element, Problems root, VersionDraft draft)
    {
        var members = DocumentObject.Of(element, "", root);
        if (members.Take("programme") is { } terms) draft.Terms = Part("programme", terms, ProgrammeDocument.Read);
        if (members.Take("ruleSet") is { } set) draft.RuleSet = Part("ruleSet", set, RuleSetDocument.Read);
        if (members.Take("assessment") is { } assessment) draft.Assessment = Part("assessment", assessment, AssessmentDocument.Read);
        members.Close();
    }

    private static ReadDocument<T> Part<T>(string name, JsonElement element, Func<JsonElement, Problems, T> read)
    {
        var problems = new Problems($"/{name}");
        return new ReadDocument<T>(read(element, problems), problems);
    }
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
public sealed record CheckedDraft(ProgrammeVersion? Version, ImmutableArray<DraftProblem> Problems, byte[] Canonical, string Hash);
