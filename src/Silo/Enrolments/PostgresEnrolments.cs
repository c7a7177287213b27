using Scoring.Erasures;
using Scoring.Grants;
using Scoring.Handles;
using Scoring.Ledger;
using Scoring.Subjects;

namespace Scoring.Enrolments;

/// <summary>
/// Enrolments, handles and grants in PostgreSQL. Every change runs in a <see cref="LockedTransaction"/>, together with its entry.
/// </summary>
internal sealed class PostgresEnrolments(EnrolmentStoreDependencies services, ILogger<PostgresEnrolments> log) : IEnrolmentStore
{
    /// <inheritdoc/>
    public Task<int?> Enrol(NewEnrolment enrolment, CancellationToken cancellationToken) =>
        PostgresErrors.Try(() => services.Enrolments.Enrol(enrolment, cancellationToken), log);

    /// <inheritdoc/>
    public Task<int?> FindEnrolled(NewEnrolment enrolment, CancellationToken cancellationToken) =>
        PostgresErrors.Try(() => services.Reader.FindEnrolled(enrolment, cancellationToken), log);

    /// <inheritdoc/>
    public async Task<EnrolmentRecord?> Find(byte[] locator, CancellationToken cancellationToken) =>
        await Find([locator], cancellationToken) is [var found] ? found.Enrolment : null;

    /// <inheritdoc/>
    public Task<IReadOnlyList<(int Index, EnrolmentRecord Enrolment)>> Find(
        IReadOnlyList<byte[]> locators, CancellationToken cancellationToken) =>
        PostgresErrors.Try(() => services.Reader.Find(locators, cancellationToken), log);

    /// <inheritdoc/>
    public Task<IReadOnlyList<HandleView>> HandlesOf(SubjectId subject, CancellationToken cancellationToken) =>
        PostgresErrors.Try(() => services.Reader.HandlesOf(subject, cancellationToken), log);

    /// <inheritdoc/>
    public Task<bool> Grant(byte[] locator, NewGrant grant, int countMax, CancellationToken cancellationToken) =>
        PostgresErrors.Try(() => services.Grants.Grant(locator, grant, countMax, cancellationToken), log);

    /// <inheritdoc/>
    public Task<IReadOnlyList<GrantView>> GrantsOf(SubjectId subject, CancellationToken cancellationToken) =>
        PostgresErrors.Try(() => services.Reader.GrantsOf(subject, cancellationToken), log);

    /// <inheritdoc/>
    public Task<bool> Revoke(byte[] locator, string grant, EntryToAppend entry, CancellationToken cancellationToken) =>
        PostgresErrors.Try(() => services.Grants.Revoke(locator, grant, entry, cancellationToken), log);

    /// <inheritdoc/>
    public Task<bool?> RenewConsent(byte[] locator, string ruleSet, int number, EntryToAppend entry, CancellationToken cancellationToken) =>
        PostgresErrors.Try(() => ConsentRenewalWriter.Renew(services.Subjects, locator, ruleSet, number, entry, cancellationToken), log);

    /// <inheritdoc/>
    public Task<bool?> Restrict(byte[] locator, bool restricted, EntryToAppend entry, CancellationToken cancellationToken) =>
        PostgresErrors.Try(() => RestrictionWriter.Restrict(services.Subjects, locator, restricted, entry, cancellationToken), log);

    /// <inheritdoc/>
    public Task<bool?> Link(byte[] locator, HandlesToLink wanted, int countMax, CancellationToken cancellationToken) =>
        PostgresErrors.Try(() => services.Handles.Link(locator, wanted, countMax, cancellationToken), log);

    /// <inheritdoc/>
    public Task<bool> Unlink(byte[] locator, string handle, DateOnly day, CancellationToken cancellationToken) =>
        PostgresErrors.Try(() => services.Handles.Unlink(locator, handle, day, cancellationToken), log);

    /// <inheritdoc/>
    public Task<(SubjectId Subject, long Entries)?> Withdraw(
        byte[] locator, DateOnly day, string? request, CancellationToken cancellationToken) =>
        PostgresErrors.Try(() => services.Withdrawals.Withdraw(locator, day, new ErasureCause(request), cancellationToken), log);
}

/// <summary>The services of <see cref="PostgresEnrolments"/>: a reader, and a writer for each kind of change.</summary>
internal sealed record EnrolmentStoreDependencies(
    LockedSubjects Subjects, EnrolmentReader Reader, EnrolmentLanes Enrolments, GrantWriter Grants, HandleLinkWriter Handles,
    WithdrawalWriter Withdrawals);
