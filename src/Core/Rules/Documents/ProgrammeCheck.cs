using System.Collections.Immutable;
using Scoring.Programmes;

namespace Scoring.Rules;

/// <summary>
/// Checks documents against each other and against the boundary. What a document leaves empty was named as it was read, and is passed
/// over here.
/// </summary>
internal static class ProgrammeCheck
{
    public static void Check(Draft draft)
    {
        if (draft.Documents.TrueForAll(problems => problems.Document != ProgrammeDocuments.EventTypesPath))
            Missing(draft, ProgrammeDocuments.EventTypesPath, "The event types are missing.");
        foreach (var programme in draft.Programmes) Check(programme, draft);
        for (var index = 0; index < draft.Services.Count; index++) CheckService(draft, draft.Services[index], $"/services/{index}");
    }

    private static void Check(ProgrammeDraft draft, Draft all)
    {
        var earlier = ImmutableArray.CreateBuilder<(Programme Terms, RuleSet RuleSet)>();
        foreach (var (number, version) in draft.Versions)
        {
            CheckWhole(draft, number, version, all);
            if (version.Terms is not { } terms || version.RuleSet is not { } set) continue;
            if (terms.Value.Id.Value.Length > 0 && terms.Value.Id.Value != draft.Folder)
                terms.Problems.Add("/id", ProblemCode.NameMismatch, "The folder has another name.");
            if (set.Value.Number != 0 && set.Value.Number != number)
                set.Problems.Add("/number", ProblemCode.NameMismatch, "The file's name has another number.");
            if (number != earlier.Count + 1)
                set.Problems.Add("/number", ProblemCode.NumberGap, $"Versions run from 1 without a gap: {earlier.Count + 1} is missing.");
            VersionCheck.Check(version, earlier.ToImmutable(), all.EventTypes);
            earlier.Add((terms.Value, set.Value));
        }
    }

    /// <summary>Each version has all three documents.</summary>
    private static void CheckWhole(ProgrammeDraft draft, int number, VersionDraft version, Draft all)
    {
        Require(version.Terms is null, "programme");
        Require(version.RuleSet is null, "ruleset");
        Require(version.Assessment is null, "assessment");

        void Require(bool isMissing, string document)
        {
            var path = ProgrammeDocuments.PathOf(draft.Folder, document, number);
            if (isMissing && all.Documents.TrueForAll(problems => problems.Document != path))
                Missing(all, path, "A version is three documents: programme, ruleset and assessment.");
        }
    }

    private static void CheckService(Draft draft, Service service, string pointer)
    {
        var programme = draft.Programmes.FirstOrDefault(other => other.Folder == service.Programme.Value);
        if (service.Programme.Value.Length > 0 && programme is null)
            draft.Registrations?.Add($"{pointer}/programme", ProblemCode.ProgrammeUnknown, "No such programme.");
        if (service.Context != 0 && programme?.Versions.Values.LastOrDefault()?.Terms is { Value.Context: not 0 } terms
            && terms.Value.Context != service.Context)
            draft.Registrations?.Add(
                $"{pointer}/context", ProblemCode.ContextMismatch, "The programme belongs to another field of city life.");
    }

    private static void Missing(Draft draft, string document, string help)
    {
        var problems = new Problems(document);
        problems.Add("", ProblemCode.DocumentMissing, help);
        draft.Documents.Add(problems);
    }
}
