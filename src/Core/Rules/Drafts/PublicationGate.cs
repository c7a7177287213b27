using System.Collections.Immutable;
using Scoring.Programmes;

namespace Scoring.Rules;

/// <summary>
/// Checks what a publication requires in addition to the checks of the documents: the programme's id, the next number, the notice period,
/// an assessment with a review within a year, services of the programme's context, and two independent ways to earn points.
/// </summary>
internal static class PublicationGate
{
    /// <summary>Checks a draft.</summary>
    /// <param name="draft">The documents that are read.</param>
    /// <param name="programme">The programme of the draft.</param>
    /// <param name="earlier">The published versions in ascending numbers.</param>
    /// <param name="published">Everything that is published.</param>
    /// <param name="now">The instant that decides the programme's day.</param>
    /// <param name="limits">The notice periods.</param>
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

    /// <summary>
    /// Checks the versions of a folder, as far as the gate does not depend on the day of publication. Returns all problems.
    /// </summary>
    public static ImmutableArray<DocumentProblem> OfSeed(DocumentSet documents)
    {
        var all = documents.Problems.ToBuilder();
        foreach (var version in documents.Versions)
        {
            var problems = new Problems(ProgrammeDocuments.RuleSetPath(version.Terms.Id, version.RuleSet.Number));
            WaysToEarn.Check(version.RuleSet, documents.EventTypes, problems);
            all.AddRange(problems.All);
        }
        return all.ToImmutable();
    }

    private static void CheckTerms(ReadDocument<Programme> terms, ProgrammeId programme, DocumentSet published)
    {
        if (terms.Value.Id.Value.Length > 0 && terms.Value.Id != programme)
            terms.Problems.Add("/id", ProblemCode.NameMismatch, $"The id differs from that of the draft's programme, {programme}.");
        var context = terms.Value.Context;
        if (context != 0 && published.Services.Any(other => other.Programme == programme && other.Context != context))
            terms.Problems.Add(
                "/context", ProblemCode.ContextMismatch, "A service of a different context is registered for the programme.");
    }

    /// <summary>The day in the programme's zone, which is the first version's, because the zone never changes.</summary>
    private static DateOnly? Today(VersionDraft draft, ImmutableArray<ProgrammeVersion> earlier, DateTimeOffset now)
    {
        var zone = earlier.IsEmpty ? draft.Terms?.Value.Zone : earlier[0].Terms.Zone;
        if (zone is not { Length: > 0 } || !TimeZoneInfo.TryFindSystemTimeZoneById(zone, out var timeZone)) return null;
        return ProgrammeDay.Of(now, timeZone);
    }

    private static void CheckNotice(ReadDocument<RuleSet> rules, bool isFirst, DateOnly today, PublicationLimits limits)
    {
        var earliest = today.AddDays(isFirst ? limits.FirstNoticeDays : limits.NoticeDays);
        if (rules.Value.FirstDay != DateOnly.MinValue && rules.Value.FirstDay < earliest)
            rules.Problems.Add(
                "/firstDay", ProblemCode.NoticeTooShort,
                $"A version that is published today begins on {Wording.Day(earliest)} at the earliest.");
    }

    private static void CheckReview(ReadDocument<Assessment> assessment, DateOnly firstDay, DateOnly today)
    {
        var review = assessment.Value.ReviewBy;
        if (review == DateOnly.MinValue) return;
        if (review < today || review < firstDay)
            assessment.Problems.Add(
                "/reviewBy", ProblemCode.ReviewPast, "The review day is before today or before the first day.");
        if (review > today.AddYears(1))
            assessment.Problems.Add("/reviewBy", ProblemCode.ReviewTooLate, "The review day is more than a year after publication.");
    }
}
