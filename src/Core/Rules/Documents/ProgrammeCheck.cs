using System.Collections.Immutable;
using Scoring.Programmes;

namespace Scoring.Rules;

/// <summary>
/// Checks documents against each other and against the boundary. Faulty parts are empty here and are skipped, because reading them has
/// already added their problem.
/// </summary>
internal static class ProgrammeCheck
{
    /// <summary>Checks all documents of a folder.</summary>
    public static void Check(Draft draft)
    {
        if (draft.Documents.TrueForAll(problems => problems.Document != ProgrammeDocuments.EventTypesPath))
            AddMissing(draft, ProgrammeDocuments.EventTypesPath, "The document of the event types is missing.");
        foreach (var programme in draft.Programmes) Check(programme, draft);
        for (var index = 0; index < draft.Services.Count; index++) CheckService(draft, draft.Services[index], $"/services/{index}");
    }

    private static void Check(ProgrammeDraft draft, Draft all)
    {
        var earlier = ImmutableArray.CreateBuilder<(Programme Terms, RuleSet RuleSet)>();
        foreach (var (number, version) in draft.Versions)
        {
            CheckIsComplete(draft, number, version, all);
            if (version.Terms is not { } terms || version.RuleSet is not { } set) continue;
            if (terms.Value.Id.Value.Length > 0 && terms.Value.Id.Value != draft.Folder)
                terms.Problems.Add("/id", ProblemCode.NameMismatch, "The folder has a different name.");
            if (set.Value.Number != 0 && set.Value.Number != number)
                set.Problems.Add("/number", ProblemCode.NameMismatch, "The file's name has a different number.");
            if (number != earlier.Count + 1)
                set.Problems.Add(
                    "/number", ProblemCode.NumberGap,
                    $"Versions are numbered from 1 without a gap. Version {earlier.Count + 1} is missing.");
            VersionCheck.Check(version, earlier.ToImmutable(), all.EventTypes);
            earlier.Add((terms.Value, set.Value));
        }
    }

    /// <summary>Checks that a version has all three documents.</summary>
    private static void CheckIsComplete(ProgrammeDraft draft, int number, VersionDraft version, Draft all)
    {
        Require(version.Terms is null, "programme");
        Require(version.RuleSet is null, "ruleset");
        Require(version.Assessment is null, "assessment");

        void Require(bool isMissing, string document)
        {
            var path = ProgrammeDocuments.PathOf(draft.Folder, document, number);
            if (isMissing && all.Documents.TrueForAll(problems => problems.Document != path))
                AddMissing(all, path, "A version has three documents: programme, ruleset and assessment. This one is missing.");
        }
    }

    private static void CheckService(Draft draft, Service service, string pointer)
    {
        var programme = draft.Programmes.FirstOrDefault(other => other.Folder == service.Programme.Value);
        if (service.Programme.Value.Length > 0 && programme is null)
            draft.Registrations?.Add($"{pointer}/programme", ProblemCode.ProgrammeUnknown, "There is no such programme.");
        if (service.Context != 0 && programme?.Versions.Values.LastOrDefault()?.Terms is { Value.Context: not 0 } terms
            && terms.Value.Context != service.Context)
            draft.Registrations?.Add(
                $"{pointer}/context", ProblemCode.ContextMismatch, "The programme has a different context.");
    }

    private static void AddMissing(Draft draft, string document, string help)
    {
        var problems = new Problems(document);
        problems.Add("", ProblemCode.DocumentMissing, help);
        draft.Documents.Add(problems);
    }
}
