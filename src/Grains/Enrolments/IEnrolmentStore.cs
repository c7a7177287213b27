using Scoring.Ledger;
using Scoring.Programmes;
using Scoring.Subjects;

namespace Scoring.Enrolments;

/// <summary>
/// Everything stored about a person, written in the transaction of its ledger entry and by the ledger's road: lock the partitions,
/// then decide.
/// </summary>
public interface IEnrolmentStore
{
    /// <summary>
    /// Enrols under the first free of the locators. Handles that another subject has move here when their proof is newer than the one
    /// they were linked by, and the other subject is told by an entry. Returns the index of the locator taken;
    /// <see langword="null"/> when all are taken.
    /// </summary>
    /// <exception cref="HandleProofReplayedException">A handle is linked by a proof as new or newer.</exception>
    Task<int?> Enrol(NewEnrolment enrolment, CancellationToken cancellationToken);

    /// <summary>The enrolment behind a locator; <see langword="null"/> when there is none.</summary>
    Task<EnrolmentRecord?> Find(byte[] locator, CancellationToken cancellationToken);

    /// <summary>Those of the locators that lead somewhere, by their index. One round trip.</summary>
    Task<IReadOnlyList<(int Index, EnrolmentRecord Enrolment)>> Find(IReadOnlyList<byte[]> locators, CancellationToken cancellationToken);

    /// <summary>A subject's handles, oldest first.</summary>
    Task<IReadOnlyList<HandleView>> HandlesOf(SubjectId subject, CancellationToken cancellationToken);

    /// <summary>
    /// Gives a grant. <see langword="false"/> when the subject has <paramref name="countMax"/> standing ones already, not counting the used
    /// up. Of these as many are kept, the newest; and ended ones are forgotten.
    /// </summary>
    Task<bool> Grant(byte[] locator, NewGrant grant, int countMax, CancellationToken cancellationToken);

    /// <summary>A subject's grants that have not ended, oldest first, the used up among them.</summary>
    Task<IReadOnlyList<GrantView>> GrantsOf(SubjectId subject, CancellationToken cancellationToken);

    /// <summary>Takes a grant back. <see langword="false"/> when there is none of that id.</summary>
    Task<bool> Revoke(byte[] locator, string grant, EntryToAppend entry, CancellationToken cancellationToken);

    /// <summary>
    /// Notes consent to a later rule set with its entry. <see langword="null"/> when there is nobody; <see langword="false"/> when it is
    /// consented to already, or to a later one.
    /// </summary>
    /// <param name="locator">Whose.</param>
    /// <param name="ruleSet">Hash of the rule set consented to.</param>
    /// <param name="number">Its number.</param>
    /// <param name="entry">The entry <see cref="EntryKind.ConsentRenewed"/>.</param>
    /// <param name="cancellationToken">Breaks off before the commit.</param>
    Task<bool?> RenewConsent(byte[] locator, string ruleSet, int number, EntryToAppend entry, CancellationToken cancellationToken);

    /// <summary>
    /// Pauses everything for a subject, or lifts that, with its entry. <see langword="null"/> when there is nobody;
    /// <see langword="false"/> when it stands so already, and then nothing is written.
    /// </summary>
    Task<bool?> Restrict(byte[] locator, bool restricted, EntryToAppend entry, CancellationToken cancellationToken);

    /// <summary>
    /// Links further handles to a subject, all or none. One that another subject has moves here when its proof is newer, and the other
    /// is told; one that the subject has already stays, and only its proof is noted. <see langword="null"/> when there is nobody;
    /// <see langword="false"/> when there would be more than <paramref name="countMax"/>.
    /// </summary>
    /// <exception cref="HandleProofReplayedException">A handle is linked by a proof as new or newer.</exception>
    Task<bool?> Link(byte[] locator, HandlesToLink wanted, int countMax, CancellationToken cancellationToken);

    /// <summary>Unlinks a handle, with its entry. <see langword="false"/> when there is none of that id.</summary>
    Task<bool> Unlink(byte[] locator, string handle, DateOnly day, CancellationToken cancellationToken);

    /// <summary>
    /// Erases the subject behind a locator: the fence under the lock, a line in the list outside the database, its rows in chunks, what
    /// silos hold of it. Returns how many entries there were; <see langword="null"/> when there was nobody. Returns only when all is
    /// erased, also what others have begun.
    /// </summary>
    /// <param name="locator">Whose.</param>
    /// <param name="day">The day that the tombstone bears.</param>
    /// <param name="request">
    /// SHA-256, in base64url, of the access token by which the participant asked; the tombstone keeps it. Without one it shows as an
    /// erasure that nobody asked for.
    /// </param>
    /// <param name="cancellationToken">Breaks off.</param>
    /// <exception cref="LedgerUnavailableException">It is not over; asking again goes on, and so does the sweeper.</exception>
    Task<(SubjectId Subject, long Entries)?> Withdraw(byte[] locator, DateOnly day, string? request, CancellationToken cancellationToken);
}

/// <summary>A subject about to be.</summary>
/// <param name="Subject">Its number, drawn at random.</param>
/// <param name="Kind">Its kind.</param>
/// <param name="Programme">Its programme.</param>
/// <param name="RuleSet">Hash of the rule set consented to.</param>
/// <param name="At">The instant of enrolment, the start of its handles.</param>
/// <param name="Day">That instant's day.</param>
/// <param name="LedgerKey">32 random bytes: from them its leaves' nonces.</param>
/// <param name="Locators">Its possible locators in the order of ordinals, 32 bytes each. The first also draws the partition.</param>
/// <param name="Receipts">For each locator, the body of the entry <see cref="EntryKind.Enrolled"/>.</param>
/// <param name="Handles">Its handles.</param>
/// <param name="Consented">Number of the rule set consented to.</param>
public sealed record NewEnrolment(
    SubjectId Subject, SubjectKind Kind, ProgrammeId Programme, string RuleSet, DateTimeOffset At, DateOnly Day, byte[] LedgerKey,
    IReadOnlyList<byte[]> Locators, IReadOnlyList<byte[]> Receipts, IReadOnlyList<NewHandle> Handles, int Consented);

/// <summary>A handle about to be linked.</summary>
/// <param name="Id">An opaque random name for lists.</param>
/// <param name="Hash">Keyed hash of source, programme and handle, 32 bytes.</param>
/// <param name="Source">The source that uses it.</param>
/// <param name="ProvedAt">When its proof was issued.</param>
public sealed record NewHandle(string Id, byte[] Hash, string Source, DateTimeOffset ProvedAt);

/// <summary>Handles about to be linked to one subject.</summary>
/// <param name="Handles">The handles.</param>
/// <param name="At">Events from this instant on count.</param>
/// <param name="Day">That instant's day.</param>
public sealed record HandlesToLink(IReadOnlyList<NewHandle> Handles, DateTimeOffset At, DateOnly Day);

/// <summary>A grant about to be given.</summary>
/// <param name="Id">An opaque random name for lists.</param>
/// <param name="Hash">Keyed hash of service and token, 32 bytes.</param>
/// <param name="Service">The service.</param>
/// <param name="At">From when.</param>
/// <param name="Until">Until when, exclusive; <see langword="null"/> for no end.</param>
/// <param name="Entry">Its ledger entry.</param>
public sealed record NewGrant(
    string Id, byte[] Hash, string Service, DateTimeOffset At, DateTimeOffset? Until, EntryToAppend Entry)
{
    /// <summary>How many query entries it is good for; <see langword="null"/> for any number.</summary>
    public int? Uses { get; init; }
}

/// <summary>An enrolment as stored.</summary>
/// <param name="Subject">The subject.</param>
/// <param name="Kind">Its kind.</param>
/// <param name="Programme">Its programme.</param>
/// <param name="RuleSet">Hash of the rule set consented to.</param>
/// <param name="Since">The day of enrolment.</param>
/// <param name="Consented">Number of the rule set consented to.</param>
public sealed record EnrolmentRecord(
    SubjectId Subject, SubjectKind Kind, ProgrammeId Programme, string RuleSet, DateOnly Since, int Consented)
{
    /// <summary>Whether the participant has paused everything.</summary>
    public bool Restricted { get; init; }
}

/// <summary>A proof that links nothing: its handle is linked by one as new or newer. Refused like a forged one.</summary>
public sealed class HandleProofReplayedException() : Exception("The proof is not newer than the one the handle is linked by.");
