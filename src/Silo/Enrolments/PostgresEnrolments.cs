using Microsoft.Extensions.Options;
using Scoring.Erasures;
using Scoring.Grants;
using Scoring.Handles;
using Scoring.Keys;
using Scoring.Ledger;
using Scoring.Programmes;
using Scoring.Storage;
using Scoring.Subjects;

namespace Scoring.Enrolments;

/// <summary>Enrolments in PostgreSQL. Every change takes the ledger's road: <see cref="LockedTransaction"/>.</summary>
public sealed class PostgresEnrolments : IEnrolmentStore
{
    private readonly LockedSubjects _own;
    private readonly EnrolmentReader _reader;
    private readonly EnrolmentWriter _enrolling;
    private readonly GrantWriter _granting;
    private readonly HandleLinkWriter _linking;
    private readonly ILogger _log;

    /// <summary>Opens nothing yet.</summary>
    public PostgresEnrolments(
        LedgerDatabase database, LedgerHeads heads, IOptions<EnrolmentOptions> options, IOptions<StorageOptions> storage,
        ProgrammeClock clock, ErasureList list, ReceiptSigner signer, ISubjectMemory memory, ILogger<PostgresEnrolments> log)
    {
        _own = new LockedSubjects(database, heads, options.Value.AttemptsMax);
        _reader = new EnrolmentReader(database, clock);
        _enrolling = new EnrolmentWriter(database, heads, storage.Value.PartitionCount);
        _granting = new GrantWriter(_own);
        _linking = new HandleLinkWriter(_own);
        Withdrawing = new WithdrawalWriter(database, _own, list, new TombstoneWriter(signer), memory, options.Value.EraseRowsMax);
        EndedErasing = new EndedProgrammeEraser(database, Withdrawing, clock, options.Value.EndedRowsMax);
        _log = log;
    }

    internal WithdrawalWriter Withdrawing { get; }

    internal EndedProgrammeEraser EndedErasing { get; }

    /// <inheritdoc/>
    public Task<int?> Enrol(NewEnrolment enrolment, CancellationToken cancellationToken) =>
        PostgresErrors.Try(() => _enrolling.Enrol(enrolment, cancellationToken), _log);

    /// <inheritdoc/>
    public async Task<EnrolmentRecord?> Find(byte[] locator, CancellationToken cancellationToken) =>
        await Find([locator], cancellationToken) is [var found] ? found.Enrolment : null;

    /// <inheritdoc/>
    public Task<IReadOnlyList<(int Index, EnrolmentRecord Enrolment)>> Find(
        IReadOnlyList<byte[]> locators, CancellationToken cancellationToken) =>
        PostgresErrors.Try(() => _reader.Find(locators, cancellationToken), _log);

    /// <inheritdoc/>
    public Task<IReadOnlyList<HandleView>> HandlesOf(SubjectId subject, CancellationToken cancellationToken) =>
        PostgresErrors.Try(() => _reader.HandlesOf(subject, cancellationToken), _log);

    /// <inheritdoc/>
    public Task<bool> Grant(byte[] locator, NewGrant grant, int countMax, CancellationToken cancellationToken) =>
        PostgresErrors.Try(() => _granting.Grant(locator, grant, countMax, cancellationToken), _log);

    /// <inheritdoc/>
    public Task<IReadOnlyList<GrantView>> GrantsOf(SubjectId subject, CancellationToken cancellationToken) =>
        PostgresErrors.Try(() => _reader.GrantsOf(subject, cancellationToken), _log);

    /// <inheritdoc/>
    public Task<bool> Revoke(byte[] locator, string grant, EntryToAppend entry, CancellationToken cancellationToken) =>
        PostgresErrors.Try(() => _granting.Revoke(locator, grant, entry, cancellationToken), _log);

    /// <inheritdoc/>
    public Task<bool?> RenewConsent(byte[] locator, string ruleSet, int number, EntryToAppend entry, CancellationToken cancellationToken) =>
        PostgresErrors.Try(() => ConsentRenewalWriter.Renew(_own, locator, ruleSet, number, entry, cancellationToken), _log);

    /// <inheritdoc/>
    public Task<bool?> Restrict(byte[] locator, bool restricted, EntryToAppend entry, CancellationToken cancellationToken) =>
        PostgresErrors.Try(() => RestrictionWriter.Restrict(_own, locator, restricted, entry, cancellationToken), _log);

    /// <inheritdoc/>
    public Task<bool?> Link(byte[] locator, HandlesToLink wanted, int countMax, CancellationToken cancellationToken) =>
        PostgresErrors.Try(() => _linking.Link(locator, wanted, countMax, cancellationToken), _log);

    /// <inheritdoc/>
    public Task<bool> Unlink(byte[] locator, string handle, DateOnly day, CancellationToken cancellationToken) =>
        PostgresErrors.Try(() => _linking.Unlink(locator, handle, day, cancellationToken), _log);

    /// <inheritdoc/>
    public Task<(SubjectId Subject, long Entries)?> Withdraw(
        byte[] locator, DateOnly day, string? request, CancellationToken cancellationToken) =>
        PostgresErrors.Try(() => Withdrawing.Withdraw(locator, day, new ErasureCause(request), cancellationToken), _log);
}
