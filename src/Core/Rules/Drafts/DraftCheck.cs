using System.Collections.Immutable;
using System.Text.Json;
using Scoring.Administration;
using Scoring.Programmes;

namespace Scoring.Rules;

/// <summary>Reads a draft and names everything that keeps it from being published. Pure.</summary>
public static class DraftCheck
{
    /// <summary>Checks a draft against what is published: the form, the rules' sense, the publication gate, the notice.</summary>
    /// <param name="json"><c>{"programme":{…},"ruleSet":{…},"assessment":{…}}</c> in UTF-8.</param>
    /// <param name="programme">The programme that it is a draft of.</param>
    /// <param name="published">Everything published.</param>
    /// <param name="now">The programmes' clock.</param>
    /// <param name="limits">How much notice there must be.</param>
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
            [.. DraftText.Named(root), .. Of(draft.Terms?.Problems), .. Of(draft.RuleSet?.Problems), .. Of(draft.Assessment?.Problems)];
        var version = problems.IsEmpty
            ? VersionChange.Of(
                earlier.LastOrDefault(), draft.Terms!.Value, RuleSetDocument.Hashed(draft.RuleSet!.Value), draft.Assessment!.Value, types)
            : null;
        return new CheckedDraft(version, problems, canonical, CanonicalJson.Hash(canonical));

        static IEnumerable<DraftProblem> Of(Problems? found) => found is null ? [] : DraftText.Named(found);
    }

    /// <summary>Each part's problems bear the part's name, which is where its pointers begin.</summary>
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

/// <summary>How far ahead versions are published.</summary>
/// <param name="NoticeDays">Days from publication to a later version's first day, 1 to 365.</param>
/// <param name="FirstNoticeDays">The same for a programme's first version, 1 to 365.</param>
public sealed record PublicationLimits(int NoticeDays, int FirstNoticeDays);

/// <summary>A draft that was read.</summary>
/// <param name="Version">What would be published; <see langword="null"/> when there are problems.</param>
/// <param name="Problems">Everything wrong, pointers from the draft's root.</param>
/// <param name="Canonical">The draft in canonical JSON; the text as given when it is no JSON.</param>
/// <param name="Hash">SHA-256 of <paramref name="Canonical"/>, 64 lower-case hexadecimal digits.</param>
public sealed record CheckedDraft(ProgrammeVersion? Version, ImmutableArray<DraftProblem> Problems, byte[] Canonical, string Hash);
