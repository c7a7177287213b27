using System.Collections.Immutable;
using Scoring.Programmes;

namespace Scoring.Rules;

/// <summary>
/// What a version must keep to be published, beside the sense of its documents: its own name and number, enough notice, an assessment
/// that will be reviewed within a year, services of its own field, and two ways to earn.
/// </summary>
internal static class PublicationGate
{
    public static void Check(
        VersionDraft draft, ProgrammeId programme, ImmutableArray<ProgrammeVersion> earlier, DocumentSet published, DateTimeOffset now,
        PublicationLimits limits)
    {
        if (draft.Terms is { } terms) CheckTerms(terms, programme, published);
        if (draft.RuleSet is { } set)
        {
            if (set.Value.Number != 0 && set.Value.Number != earlier.Length + 1)
                set.Problems.Add("/number", ProblemCode.NumberGap, $"The next version has number {earlier.Length + 1}.");
            if (draft.Terms is not null) WaysToEarn.Check(set.Value, published.EventTypes, set.Problems);
        }
        if (Today(draft, earlier, now) is not { } today) return;
        if (draft.RuleSet is { } rules) CheckNotice(rules, earlier.IsEmpty, today, limits);
        if (draft.Assessment is { } assessment) CheckReview(assessment, draft.RuleSet?.Value.FirstDay ?? today, today);
    }

    /// <summary>What of the gate does not depend on a day of publication, for versions that are read from a folder.</summary>
    public static ImmutableArray<DocumentProblem> OfSeed(DocumentSet documents)
    {
        var found = documents.Problems.ToBuilder();
        foreach (var version in documents.Versions)
        {
            var problems = new Problems(ProgrammeDocuments.RuleSetPath(version.Terms.Id, version.RuleSet.Number));
            WaysToEarn.Check(version.RuleSet, documents.EventTypes, problems);
            found.AddRange(problems.Found);
        }
        return found.ToImmutable();
    }

    private static void CheckTerms(ReadDocument<Programme> terms, ProgrammeId programme, DocumentSet published)
    {
        if (terms.Value.Id.Value.Length > 0 && terms.Value.Id != programme)
            terms.Problems.Add("/id", ProblemCode.NameMismatch, $"This is a draft of {programme}.");
        var context = terms.Value.Context;
        if (context != 0 && published.Services.Any(other => other.Programme == programme && other.Context != context))
            terms.Problems.Add("/context", ProblemCode.ContextMismatch, "A service of another field of city life is registered for it.");
    }

    /// <summary>The day in the programme's zone; the first version's, because the zone never changes.</summary>
    private static DateOnly? Today(VersionDraft draft, ImmutableArray<ProgrammeVersion> earlier, DateTimeOffset now)
    {
        var zone = earlier.IsEmpty ? draft.Terms?.Value.Zone : earlier[0].Terms.Zone;
        if (zone is not { Length: > 0 } || !TimeZoneInfo.TryFindSystemTimeZoneById(zone, out var found)) return null;
        return ProgrammeDay.Of(now, found);
    }

    private static void CheckNotice(ReadDocument<RuleSet> rules, bool isFirst, DateOnly today, PublicationLimits limits)
    {
        var earliest = today.AddDays(isFirst ? limits.FirstNoticeDays : limits.NoticeDays);
        if (rules.Value.FirstDay != DateOnly.MinValue && rules.Value.FirstDay < earliest)
            rules.Problems.Add(
                "/firstDay", ProblemCode.NoticeTooShort, $"Published today it begins on {Wording.Day(earliest)} at the earliest.");
    }

    private static void CheckReview(ReadDocument<Assessment> assessment, DateOnly firstDay, DateOnly today)
    {
        var review = assessment.Value.ReviewBy;
        if (review == DateOnly.MinValue) return;
        if (review < today || review < firstDay)
            assessment.Problems.Add(
                "/reviewBy", ProblemCode.ReviewPast, "The review day is not before today and not before the first day.");
        if (review > today.AddYears(1))
            assessment.Problems.Add("/reviewBy", ProblemCode.ReviewTooLate, "The review day is at most a year after publication.");
    }
}
