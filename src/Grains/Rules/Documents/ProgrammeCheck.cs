using Scoring.Events;
using Scoring.Programmes;
using Scoring.Subjects;

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
        foreach (var programme in draft.Programmes)
        {
            if (programme.Programme is null && draft.Documents.TrueForAll(problems => problems.Document != programme.Problems.Document))
                Missing(draft, programme.Problems.Document, "The programme of these rule sets is missing.");
            if (programme.Programme is not null) Check(programme, programme.Programme, draft);
        }
        for (var index = 0; index < draft.Services.Count; index++)
        {
            var id = draft.Services[index].Programme.Value;
            if (id.Length > 0 && draft.Programmes.All(programme => programme.Folder != id))
                draft.Registrations?.Add($"/services/{index}/programme", ProblemCode.ProgrammeUnknown, "No such programme.");
        }
    }

    private static void Missing(Draft draft, string document, string help)
    {
        var problems = new Problems(document);
        problems.Add("", ProblemCode.DocumentMissing, help);
        draft.Documents.Add(problems);
    }

    private static void Check(ProgrammeDraft draft, Programme programme, Draft all)
    {
        if (programme.Id.Value.Length > 0 && programme.Id.Value != draft.Folder)
            draft.Problems.Add("/id", ProblemCode.NameMismatch, "The folder has another name.");
        for (var index = 0; index < programme.EventTypes.Length; index++)
            CheckEventType(programme, programme.EventTypes[index], $"/eventTypes/{index}", draft.Problems, all);
        if (draft.RuleSets.Count == 0)
            draft.Problems.Add("", ProblemCode.DocumentMissing, "A programme needs its first rule set, ruleset-1.json.");
        CheckEffects(draft, programme);
        CheckSequence(draft);
        foreach (var (set, problems) in draft.RuleSets.Values) RuleSetCheck.Check(set, programme, all.EventTypes, problems);
        if (draft.RuleSets.Values.SelectMany(pair => pair.Set.Rules).Select(rule => rule.Id).Distinct().Count() > ProgrammeRules.RulesMax)
            draft.Problems.Add("", ProblemCode.RulesTooMany, $"At most {ProgrammeRules.RulesMax} distinct rules over all rule sets.");
    }

    private static void CheckEventType(Programme programme, string name, string pointer, Problems problems, Draft all)
    {
        if (name.Length == 0) return;
        if (!all.EventTypes.TryGetValue(name, out var type))
        {
            problems.Add(pointer, ProblemCode.EventTypeUnknown, "No such event type.");
            return;
        }
        if (type.Context != 0 && programme.Context != 0 && type.Context != programme.Context)
            problems.Add(pointer, ProblemCode.ContextMismatch, "This event type belongs to another field of city life.");
        if (programme.SubjectKind == SubjectKind.Citizen && type.Origin == EventOrigin.Automatic)
            problems.Add(pointer, ProblemCode.AutomaticScoresCitizen, "A citizen is scored only by what they initiate or a human attests.");
    }

    private static void CheckEffects(ProgrammeDraft draft, Programme programme)
    {
        for (var index = 0; index < programme.Effects.Length; index++)
        {
            var tier = programme.Effects[index].Tier;
            if (tier.Length == 0) continue;
            foreach (var (number, (set, _)) in draft.RuleSets)
                if (set.Tiers.All(other => other.Name != tier))
                    draft.Problems.Add($"/effects/{index}/tier", ProblemCode.TierUnknown, $"Rule set {number} has no such tier.");
        }
    }

    private static void CheckSequence(ProgrammeDraft draft)
    {
        var expected = 1;
        var firstDay = DateOnly.MinValue;
        foreach (var (number, (set, problems)) in draft.RuleSets)
        {
            if (set.Number != 0 && set.Number != number)
                problems.Add("/number", ProblemCode.NameMismatch, "The file's name has another number.");
            if (number != expected)
                problems.Add("/number", ProblemCode.NumberGap, $"Rule sets run from 1 without a gap: {expected} is missing.");
            if (set.FirstDay != DateOnly.MinValue && set.FirstDay <= firstDay)
                problems.Add("/firstDay", ProblemCode.FirstDayNotLater, "The rule set before has a first day as late or later.");
            if (set.FirstDay != DateOnly.MinValue) firstDay = set.FirstDay;
            expected = number + 1;
        }
    }
}
