using Scoring.Enrolments;
using Scoring.Programmes;
using Scoring.Scores;

namespace Scoring.Notices;

/// <summary>Reads the acts that concern an enrolment, with their days in its programme's zone.</summary>
internal sealed class NoticeReader(INoticeLedger ledger, CurrentRuleBook ruleBook)
{
    public async Task<(long Last, IReadOnlyList<DatedAdminAction> Acts)> ActsAfter(
        EnrolmentRecord enrolment, long number, int count, CancellationToken cancellationToken)
    {
        var zone = Zone(enrolment);
        return Dated(await ledger.ActsAfter(enrolment.Programme, Since(enrolment, zone), number, count, cancellationToken), zone);
    }

    public async Task<(long Last, IReadOnlyList<DatedAdminAction> Acts)> ActsBelow(
        EnrolmentRecord enrolment, long number, int count, CancellationToken cancellationToken)
    {
        var zone = Zone(enrolment);
        return Dated(await ledger.ActsBelow(enrolment.Programme, Since(enrolment, zone), number, count, cancellationToken), zone);
    }

    /// <summary>The day of an act is kept in UTC: on which the day of enrolment began there.</summary>
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
