using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Scoring.Events;
using Scoring.Programmes;

namespace Scoring.Rules;

/// <summary>
/// Reads programme documents by their paths: <c>event-types.json</c>, <c>registrations.json</c>, and for each version of a programme
/// <c>{programme}/programme-{n}.json</c>, <c>{programme}/ruleset-{n}.json</c>, <c>{programme}/assessment-{n}.json</c>. Reading is strict,
/// and one pass reports all problems.
/// </summary>
public static partial class ProgrammeDocuments
{
    /// <summary>The path of the event types.</summary>
    public const string EventTypesPath = "event-types.json";

    /// <summary>The path of the sources and services. Their file may be in another folder.</summary>
    public const string RegistrationsPath = "registrations.json";

    /// <summary>The path of a version's terms.</summary>
    public static string TermsPath(ProgrammeId programme, int number) => PathOf(programme.Value, "programme", number);

    /// <summary>The path of a version's rule set.</summary>
    public static string RuleSetPath(ProgrammeId programme, int number) => PathOf(programme.Value, "ruleset", number);

    /// <summary>The path of a version's assessment.</summary>
    public static string AssessmentPath(ProgrammeId programme, int number) => PathOf(programme.Value, "assessment", number);

    /// <summary>Reads and checks a set of documents.</summary>
    /// <param name="texts">Each document's path with slashes, and its JSON in UTF-8.</param>
    public static DocumentSet Read(IEnumerable<(string Path, ReadOnlyMemory<byte> Json)> texts)
    {
        var draft = new Draft();
        foreach (var (path, json) in texts.OrderBy(text => text.Path, StringComparer.Ordinal)) Read(draft, path, json);
        ProgrammeCheck.Check(draft);
        var problems = draft.Documents.SelectMany(document => document.All).ToImmutableArray();
        return problems.IsEmpty ? draft.Finished() : DocumentSet.Empty with { Problems = problems };
    }

    /// <summary>
    /// Reads the documents of a seed and checks them as for a publication, except for the notice period and the day of review, which depend
    /// on the day of publication. When there are problems, the set holds only the problems.
    /// </summary>
    /// <param name="texts">Each document's path with slashes, and its JSON in UTF-8.</param>
    public static DocumentSet ReadSeed(IEnumerable<(string Path, ReadOnlyMemory<byte> Json)> texts)
    {
        var read = Read(texts);
        var problems = PublicationGate.OfSeed(read);
        return problems.IsEmpty ? read : DocumentSet.Empty with { Problems = problems };
    }

    /// <summary>The path of one of the three documents of a version.</summary>
    internal static string PathOf(string folder, string document, int number) =>
        string.Create(CultureInfo.InvariantCulture, $"{folder}/{document}-{number}.json");

    private static void Read(Draft draft, string path, ReadOnlyMemory<byte> json)
    {
        var problems = new Problems(path);
        draft.Documents.Add(problems);
        try
        {
            using var parsed = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = 32 });
            var root = parsed.RootElement;
            if (path == EventTypesPath) ReadEventTypes(draft, root, problems);
            else if (path == RegistrationsPath) ReadRegistrations(draft, root, problems);
            else if (VersionPath().Match(path) is { Success: true } match)
                ReadVersionDocument(draft.Programme(match.Groups[1].Value).Version(Number(match)), match.Groups[2].Value, root, problems);
            else
                problems.Add("", ProblemCode.DocumentUnknown, "There is no document of this name.");
        }
        catch (JsonException)
        {
            problems.Add("", ProblemCode.NotJson, "This is not JSON, or it is nested too deeply.");
        }
    }

    private static int Number(Match match) => int.Parse(match.Groups[3].ValueSpan, CultureInfo.InvariantCulture);

    private static void ReadVersionDocument(VersionDraft version, string document, JsonElement root, Problems problems)
    {
        if (document == "programme") version.Terms = new(ProgrammeDocument.Read(root, problems), problems);
        else if (document == "ruleset") version.RuleSet = new(RuleSetDocument.Read(root, problems), problems);
        else version.Assessment = new(AssessmentDocument.Read(root, problems), problems);
    }

    private static void ReadEventTypes(Draft draft, JsonElement root, Problems problems)
    {
        if (root.ValueKind != JsonValueKind.Array)
        {
            problems.Add("", ProblemCode.TypeWrong, "An array of event types is expected here.");
            return;
        }
        foreach (var (element, index) in root.EnumerateArray().Select((element, index) => (element, index)))
        {
            var type = EventTypeDocument.Read(element, $"/{index}", problems);
            if (type.Name.Length > 0 && !draft.EventTypes.TryAdd(type.Name, type))
                problems.Add($"/{index}/name", ProblemCode.Duplicate, "Another event type has this name.");
        }
    }

    private static void ReadRegistrations(Draft draft, JsonElement root, Problems problems)
    {
        draft.Registrations = problems;
        var members = DocumentObject.Of(root, "", problems);
        foreach (var (element, pointer) in members.ReadArray("sources", 0, 1000))
        {
            var source = RegistrationDocument.ReadSource(element, pointer, problems);
            if (source.Id.Length > 0 && draft.Sources.Exists(other => other.Id == source.Id))
                problems.Add($"{pointer}/id", ProblemCode.Duplicate, "Another source has this id.");
            draft.Sources.Add(source);
        }
        foreach (var (element, pointer) in members.ReadArray("services", 0, 1000))
        {
            var service = RegistrationDocument.ReadService(element, pointer, problems);
            if (service.Id.Length > 0 && draft.Services.Exists(other => other.Id == service.Id))
                problems.Add($"{pointer}/id", ProblemCode.Duplicate, "Another service has this id.");
            draft.Services.Add(service);
        }
        members.Close();
    }

    [GeneratedRegex(@"\A([^/]+)/(programme|ruleset|assessment)-([1-9][0-9]{0,6})\.json\z", RegexOptions.CultureInvariant)]
    private static partial Regex VersionPath();
}
