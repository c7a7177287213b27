using Scoring.Enrolments;
using Scoring.Programmes;
using Scoring.Scores;

namespace Scoring.Notices;

/// <summary>
/// Reads what a timeline is made of: the enrolment's entries, and the administrative actions that concern it with their days in its
/// programme's zone.
/// </summary>
internal sealed class NoticeReader(INoticeLedger ledger, CurrentRuleBook ruleBook)
{
    /// <summary>Reads entries after a turn, in ascending turns; <see langword="null"/> when the subject has left.</summary>
    public Task<EntryRun?> EntriesAfter(EnrolmentRecord enrolment, long turn, int count, CancellationToken cancellationToken) =>
        ledger.EntriesAfter(enrolment.Subject, turn, count, cancellationToken);

    /// <summary>Reads entries below a turn, in descending turns; <see langword="null"/> when the subject has left.</summary>
    public Task<EntryRun?> EntriesBelow(EnrolmentRecord enrolment, long turn, int count, CancellationToken cancellationToken) =>
        ledger.EntriesBelow(enrolment.Subject, turn, count, cancellationToken);

    /// <summary>Reads actions after a number, in ascending numbers.</summary>
    public async Task<(long Last, IReadOnlyList<DatedAdminAction> Acts)> ActsAfter(
        EnrolmentRecord enrolment, long number, int count, CancellationToken cancellationToken)
    {
        var zone = Zone(enrolment);
        return Dated(await ledger.ActsAfter(enrolment.Programme, Since(enrolment, zone), number, count, cancellationToken), zone);
    }

    /// <summary>Reads actions below a number, in descending numbers.</summary>
    public async Task<(long Last, IReadOnlyList<DatedAdminAction> Acts)> ActsBelow(
        EnrolmentRecord enrolment, long number, int count, CancellationToken cancellationToken)
    {
        var zone = Zone(enrolment);
        return Dated(await ledger.ActsBelow(enrolment.Programme, Since(enrolment, zone), number, count, cancellationToken), zone);
    }

    /// <summary>The UTC day on which the day of enrolment began. The day of an action is stored in UTC.</summary>
    private static DateOnly Since(EnrolmentRecord enrolment, TimeZoneInfo zone)
    {
        var midnight = enrolment.Since.ToDateTime(TimeOnly.MinValue);
        return DateOnly.FromDateTime(midnight - zone.GetUtcOffset(midnight));
    }

    private static (long Last, IReadOnlyList<DatedAdminAction> Acts) Dated(ActRun run, TimeZoneInfo zone) =>
        (run.Last, [.. run.Acts.Select(act => new DatedAdminAction(act.Act, act.Body, ProgrammeDay.Of(act.Act.At, zone)))]);

    private TimeZoneInfo Zone(EnrolmentRecord enrolment) =>
        (ruleBook.Current.Find(enrolment.Programme) ?? throw new RuleBookStaleException()).Zone;
}
