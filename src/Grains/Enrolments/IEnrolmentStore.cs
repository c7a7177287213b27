using Scoring.Ledger;
using Scoring.Programmes;
using Scoring.Subjects;

namespace Scoring.Enrolments;

/// <summary>
/// Stores everything about a person. Each write happens in the transaction of its ledger entry and in the ledger's order: lock the
/// partitions, then decide. A locator without an enrolment gives <see langword="null"/> or <see langword="false"/>.
/// </summary>
/// <exception cref="LedgerUnavailableException">The database cannot be reached (from every member).</exception>
public interface IEnrolmentStore
{
    /// <summary>
    /// Enrols a subject under the first free locator. A handle that another subject has moves to the new subject if its proof is newer than
    /// the one by which it was linked, and an entry tells the other subject so. Returns the index of the locator used;
    /// <see langword="null"/> when none is free.
    /// </summary>
    /// <exception cref="HandleProofReplayedException">A handle is linked by a proof that is as new or newer.</exception>
    Task<int?> Enrol(NewEnrolment enrolment, CancellationToken cancellationToken);

    /// <summary>
    /// Finds the subject that the proofs of an enrolment have enrolled before, because a client repeats what was not answered: the one
    /// under the same rule set whose handles are exactly these, each linked by the same proof. Returns the index of its locator, or
    /// <see langword="null"/>.
    /// </summary>
    Task<int?> FindEnrolled(NewEnrolment enrolment, CancellationToken cancellationToken);

    /// <summary>Returns the enrolment of a locator; <see langword="null"/> when there is none.</summary>
    Task<EnrolmentRecord?> Find(byte[] locator, CancellationToken cancellationToken);

    /// <summary>Returns the enrolments of the locators that have one, each with its locator's index. It takes one round trip.</summary>
    Task<IReadOnlyList<(int Index, EnrolmentRecord Enrolment)>> Find(IReadOnlyList<byte[]> locators, CancellationToken cancellationToken);

    /// <summary>Lists a subject's handles, oldest first.</summary>
    Task<IReadOnlyList<HandleView>> HandlesOf(SubjectId subject, CancellationToken cancellationToken);

    /// <summary>
    /// Gives a grant. Returns <see langword="false"/> when the subject has <paramref name="countMax"/> grants that have not ended and are
    /// not used up. The newest <paramref name="countMax"/> used up grants are kept, and ended grants are deleted.
    /// </summary>
    Task<bool> Grant(byte[] locator, NewGrant grant, int countMax, CancellationToken cancellationToken);

    /// <summary>Lists a subject's grants that have not ended, oldest first, with the used up ones.</summary>
    Task<IReadOnlyList<GrantView>> GrantsOf(SubjectId subject, CancellationToken cancellationToken);

    /// <summary>Revokes a grant. Returns <see langword="false"/> when there is none of that id.</summary>
    Task<bool> Revoke(byte[] locator, string grant, EntryToAppend entry, CancellationToken cancellationToken);

    /// <summary>
    /// Records consent to a later rule set with its entry. Returns <see langword="null"/> when there is no enrolment, and
    /// <see langword="false"/> when this or a later rule set is consented to already.
    /// </summary>
    /// <param name="locator">The subject's locator.</param>
    /// <param name="ruleSet">Hash of the rule set consented to.</param>
    /// <param name="number">Its number.</param>
    /// <param name="entry">The entry <see cref="EntryKind.ConsentRenewed"/>.</param>
    /// <param name="cancellationToken">Cancels the call before the commit.</param>
    Task<bool?> RenewConsent(byte[] locator, string ruleSet, int number, EntryToAppend entry, CancellationToken cancellationToken);

    /// <summary>
    /// Pauses everything for a subject, or lifts the pause, with its entry. Returns <see langword="null"/> when there is no enrolment, and
    /// <see langword="false"/> when nothing had to change; then nothing is written.
    /// </summary>
    Task<bool?> Restrict(byte[] locator, bool restricted, EntryToAppend entry, CancellationToken cancellationToken);

    /// <summary>
    /// Links further handles to a subject, all or none. A handle that another subject has moves here if its proof is newer, and an entry
    /// tells the other subject so. A handle that the subject has already stays, and only its proof is recorded. Returns
    /// <see langword="null"/> when there is no enrolment, and <see langword="false"/> when there would be more than
    /// <paramref name="countMax"/> handles.
    /// </summary>
    /// <exception cref="HandleProofReplayedException">A handle is linked by a proof that is as new or newer.</exception>
    Task<bool?> Link(byte[] locator, HandlesToLink wanted, int countMax, CancellationToken cancellationToken);

    /// <summary>Unlinks a handle with its entry. Returns <see langword="false"/> when there is none of that id.</summary>
    Task<bool> Unlink(byte[] locator, string handle, DateOnly day, CancellationToken cancellationToken);

    /// <summary>
    /// Erases the subject of a locator: the fence under the lock, a line in the erasure list outside the database, its rows in chunks, and
    /// what the silos hold of it. Returns the number of its entries; <see langword="null"/> when there was no enrolment. It returns only
    /// when everything is erased, also what an interrupted call has begun.
    /// </summary>
    /// <param name="locator">The subject's locator.</param>
    /// <param name="day">The day of the tombstone.</param>
    /// <param name="request">
    /// SHA-256, in base64url, of the access token of the participant's call. The tombstone keeps it. Without it the tombstone shows an
    /// erasure that no participant requested.
    /// </param>
    /// <param name="cancellationToken">Cancels the call. The sweeper finishes an erasure that has begun.</param>
    /// <exception cref="LedgerUnavailableException">
    /// The erasure is not complete. A repeated call continues it, and so does the sweeper.
    /// </exception>
    Task<(SubjectId Subject, long Entries)?> Withdraw(byte[] locator, DateOnly day, string? request, CancellationToken cancellationToken);
}

/// <summary>A subject to enrol.</summary>
/// <param name="Subject">Its random number.</param>
/// <param name="Kind">Its kind.</param>
/// <param name="Programme">Its programme.</param>
/// <param name="RuleSet">Hash of the rule set consented to.</param>
/// <param name="At">The instant of enrolment, the start of its handles.</param>
/// <param name="Day">That instant's day in the programme's zone.</param>
/// <param name="LedgerKey">32 random bytes. The nonces of its leaves are derived from them.</param>
/// <param name="Locators">Its possible locators in the order of ordinals, 32 bytes each. The first one also selects the partition.</param>
/// <param name="Receipts">For each locator, the body of the entry <see cref="EntryKind.Enrolled"/>.</param>
/// <param name="Handles">Its handles.</param>
/// <param name="Consented">Number of the rule set consented to.</param>
public sealed record NewEnrolment(
    SubjectId Subject, SubjectKind Kind, ProgrammeId Programme, string RuleSet, DateTimeOffset At, DateOnly Day, byte[] LedgerKey,
    IReadOnlyList<byte[]> Locators, IReadOnlyList<byte[]> Receipts, IReadOnlyList<NewHandle> Handles, int Consented);

/// <summary>A handle to link.</summary>
/// <param name="Id">An opaque random id for lists.</param>
/// <param name="Hash">Keyed hash of source, programme and handle, 32 bytes.</param>
/// <param name="Source">The source that uses it.</param>
/// <param name="ProvedAt">The instant at which its proof was issued.</param>
public sealed record NewHandle(string Id, byte[] Hash, string Source, DateTimeOffset ProvedAt);

/// <summary>Handles to link to one subject.</summary>
/// <param name="Handles">The handles.</param>
/// <param name="At">The handles' start: only events at or after this instant count.</param>
/// <param name="Day">That instant's day in the programme's zone.</param>
public sealed record HandlesToLink(IReadOnlyList<NewHandle> Handles, DateTimeOffset At, DateOnly Day);

/// <summary>A grant to give.</summary>
/// <param name="Id">An opaque random id for lists.</param>
/// <param name="Hash">Keyed hash of service and token, 32 bytes.</param>
/// <param name="Service">The service.</param>
/// <param name="At">The instant from which it is valid.</param>
/// <param name="Until">The instant at which it ends, exclusive; <see langword="null"/> for no end.</param>
/// <param name="Entry">Its ledger entry.</param>
public sealed record NewGrant(
    string Id, byte[] Hash, string Service, DateTimeOffset At, DateTimeOffset? Until, EntryToAppend Entry)
{
    /// <summary>The number of query entries that it allows; <see langword="null"/> for any number.</summary>
    public int? Uses { get; init; }
}

/// <summary>A stored enrolment.</summary>
/// <param name="Subject">The subject.</param>
/// <param name="Kind">Its kind.</param>
/// <param name="Programme">Its programme.</param>
/// <param name="RuleSet">Hash of the rule set consented to.</param>
/// <param name="Since">The day of enrolment, in the programme's zone.</param>
/// <param name="Consented">Number of the rule set consented to.</param>
public sealed record EnrolmentRecord(
    SubjectId Subject, SubjectKind Kind, ProgrammeId Programme, string RuleSet, DateOnly Since, int Consented)
{
    /// <summary>Whether the participant has paused everything.</summary>
    public bool Restricted { get; init; }
}

/// <summary>
/// A handle proof is replayed: its handle is linked by a proof that is as new or newer. The platform refuses it like a forged one.
/// </summary>
public sealed class HandleProofReplayedException()
    : Exception("The handle proof is not newer than the proof by which the handle is linked.");
