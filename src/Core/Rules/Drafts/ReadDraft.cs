using System.Collections.Immutable;
using System.Text.Json;
using Scoring.Administration;

namespace Scoring.Rules;

/// <summary>A draft whose three parts are read. Faulty parts are empty.</summary>
internal sealed class ReadDraft
{
    private readonly Problems _root = new("");

    private ReadDraft(ReadOnlyMemory<byte> json) => Canonical = DraftText.Read(json, _root, Read);

    /// <summary>The parts.</summary>
    public VersionDraft Version { get; } = new();

    /// <summary>The draft in canonical JSON; the text as sent when it has no canonical form.</summary>
    public byte[] Canonical { get; }

    /// <summary>All problems that were found so far, with pointers from the draft's root.</summary>
    public ImmutableArray<DraftProblem> Problems =>
    [
        .. DraftText.FromRoot(_root), .. Of(Version.Terms?.Problems), .. Of(Version.RuleSet?.Problems), .. Of(Version.Assessment?.Problems),
    ];

    /// <summary>Reads a draft.</summary>
    /// <param name="json"><c>{"programme":{…},"ruleSet":{…},"assessment":{…}}</c> in UTF-8.</param>
    public static ReadDraft Of(ReadOnlyMemory<byte> json) => new(json);

    /// <summary>Reads the three parts. The problems of a part carry the part's pointer, where their own pointers begin.</summary>
    private void Read(JsonElement element)
    {
        var members = DocumentObject.Of(element, "", _root);
        if (members.Take("programme") is { } terms) Version.Terms = Part("programme", terms, ProgrammeDocument.Read);
        if (members.Take("ruleSet") is { } set) Version.RuleSet = Part("ruleSet", set, RuleSetDocument.Read);
        if (members.Take("assessment") is { } assessment) Version.Assessment = Part("assessment", assessment, AssessmentDocument.Read);
        members.Close();
    }

    private static ReadDocument<T> Part<T>(string name, JsonElement element, Func<JsonElement, Problems, T> read)
    {
        var problems = new Problems($"/{name}");
        return new ReadDocument<T>(read(element, problems), problems);
    }

    private static IEnumerable<DraftProblem> Of(Problems? problems) => problems is null ? [] : DraftText.FromRoot(problems);
}
