using System.Collections.Immutable;
using Scoring.Ledger;
using Scoring.Programmes;
using Scoring.Scores;
using Scoring.Subjects;

namespace Scoring.Enrolments;

/// <summary>
/// Reads a participant's own subjects: their views, their explained scores and their histories. A subject that does not exist gives
/// <see langword="null"/>.
/// </summary>
internal sealed class OwnSubjectReader(ParticipantDependencies dependencies, ILedger ledger, SubjectScores scores)
{
    private const int HistoryCountMax = 500;

    /// <summary>Lists the participant's subjects in one programme, by ordinal.</summary>
    public async Task<ImmutableArray<SubjectView>> List(string participant, ProgrammeId programme)
    {
        var locators = Enumerable.Range(0, OwnSubject.OrdinalCount)
            .Select(ordinal => dependencies.Keys.Locator(participant, programme, ordinal)).ToArray();
        var views = ImmutableArray.CreateBuilder<SubjectView>();
        foreach (var (ordinal, enrolment) in await dependencies.Store.Find(locators, CancellationToken.None))
            views.Add(await View(ordinal, enrolment));
        views.Sort((a, b) => a.Ordinal.CompareTo(b.Ordinal));
        return views.ToImmutable();
    }

    /// <summary>Returns one subject.</summary>
    public async Task<SubjectView?> Find(OwnSubject own) =>
        await dependencies.Enrolments.Find(own) is { } enrolment ? await View(own.Ordinal, enrolment) : null;

    /// <summary>Explains one subject's score.</summary>
    public async Task<Explanation?> Score(OwnSubject own) => await dependencies.Enrolments.Find(own) is { } enrolment
        ? await scores.Explain(enrolment.Kind, enrolment.Subject)
        : null;

    /// <summary>Returns a page of one subject's entries, newest first.</summary>
    public async Task<HistoryPage?> History(OwnSubject own, long? below, int count)
    {
        if (await dependencies.Enrolments.Find(own) is not { } enrolment) return null;
        var taken = Math.Clamp(count, 1, HistoryCountMax);
        var entries = await ledger.ReadSubjectBackwards(enrolment.Subject, below ?? long.MaxValue, taken + 1, CancellationToken.None);
        return new HistoryPage(
            [.. entries.Take(taken).Select(entry => new HistoryEntry(entry.Turn, entry.Kind, entry.Day, entry.Body))],
            entries.Count > taken ? entries[taken - 1].Turn : null);
    }

    private async Task<SubjectView> View(int ordinal, EnrolmentRecord enrolment)
    {
        var view = new SubjectView(
            enrolment.Programme, ordinal, enrolment.RuleSet, enrolment.Since,
            [.. await dependencies.Store.HandlesOf(enrolment.Subject, CancellationToken.None)]) { Restricted = enrolment.Restricted };
        if (dependencies.Catalogue.Find(enrolment.Programme) is not { } programme) return view;
        var today = programme.Day(dependencies.Clock.Now);
        return view with
        {
            Lapsed = programme.Published.HasLapsed(enrolment.Consented, today),
            Coming = programme.Published.Coming(today),
        };
    }
}
