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
    private readonly OwnSubjects own;
    private readonly EnrolmentReader reader;
    private readonly Enrolling enrolling;
    private readonly Granting granting;
    private readonly HandleLinking linking;
    private readonly ILogger log;

    /// <summary>Opens nothing yet.</summary>
    public PostgresEnrolments(
        LedgerDatabase database, LedgerHeads heads, IOptions<EnrolmentOptions> options, IOptions<StorageOptions> storage,
        ProgrammeClock clock, ErasureList list, ReceiptSigner signer, ISubjectMemory memory, ILogger<PostgresEnrolments> log)
    {
        own = new OwnSubjects(database, heads, options.Value.AttemptsMax);
        reader = new EnrolmentReader(database, clock);
        enrolling = new Enrolling(database, heads, storage.Value.PartitionCount);
        granting = new Granting(own);
        linking = new HandleLinking(own);
        Withdrawing = new Withdrawing(database, own, list, new Tombstones(signer), memory, options.Value.EraseRowsMax);
        EndedErasing = new EndedErasing(database, Withdrawing, clock, options.Value.EndedRowsMax);
        this.log = log;
    }

    internal Withdrawing Withdrawing { get; }

    internal EndedErasing EndedErasing { get; }

    /// <inheritdoc/>
    public Task<int?> Enrol(NewEnrolment enrolment, CancellationToken cancel) =>
        Reached.Try(() => enrolling.Enrol(enrolment, cancel), log);

    /// <inheritdoc/>
    public async Task<EnrolmentRecord?> Find(byte[] locator, CancellationToken cancel) =>
        await Find([locator], cancel) is [var found] ? found.Enrolment : null;

    /// <inheritdoc/>
    public Task<IReadOnlyList<(int Index, EnrolmentRecord Enrolment)>> Find(IReadOnlyList<byte[]> locators, CancellationToken cancel) =>
        Reached.Try(() => reader.Find(locators, cancel), log);

    /// <inheritdoc/>
    public Task<IReadOnlyList<HandleView>> HandlesOf(SubjectId subject, CancellationToken cancel) =>
        Reached.Try(() => reader.HandlesOf(subject, cancel), log);

    /// <inheritdoc/>
    public Task<bool> Grant(byte[] locator, NewGrant grant, int countMax, CancellationToken cancel) =>
        Reached.Try(() => granting.Grant(locator, grant, countMax, cancel), log);

    /// <inheritdoc/>
    public Task<IReadOnlyList<GrantView>> GrantsOf(SubjectId subject, CancellationToken cancel) =>
        Reached.Try(() => reader.GrantsOf(subject, cancel), log);

    /// <inheritdoc/>
    public Task<bool> Revoke(byte[] locator, string grant, EntryToAppend entry, CancellationToken cancel) =>
        Reached.Try(() => granting.Revoke(locator, grant, entry, cancel), log);

    /// <inheritdoc/>
    public Task<bool?> RenewConsent(byte[] locator, string ruleSet, int number, EntryToAppend entry, CancellationToken cancel) =>
        Reached.Try(() => ConsentRenewal.Renew(own, locator, ruleSet, number, entry, cancel), log);

    /// <inheritdoc/>
    public Task<bool?> Restrict(byte[] locator, bool restricted, EntryToAppend entry, CancellationToken cancel) =>
        Reached.Try(() => Restricting.Restrict(own, locator, restricted, entry, cancel), log);

    /// <inheritdoc/>
    public Task<bool?> Link(byte[] locator, HandlesToLink wanted, int countMax, CancellationToken cancel) =>
        Reached.Try(() => linking.Link(locator, wanted, countMax, cancel), log);

    /// <inheritdoc/>
    public Task<bool> Unlink(byte[] locator, string handle, DateOnly day, CancellationToken cancel) =>
        Reached.Try(() => linking.Unlink(locator, handle, day, cancel), log);

    /// <inheritdoc/>
    public Task<(SubjectId Subject, long Entries)?> Withdraw(
        byte[] locator, DateOnly day, string? request, CancellationToken cancel) =>
        Reached.Try(() => Withdrawing.Withdraw(locator, day, new ErasureCause(request), cancel), log);
}
