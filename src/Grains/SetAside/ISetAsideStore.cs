using Scoring.Administration;
using Scoring.Ledger;
using Scoring.Programmes;
using Scoring.Subjects;

namespace Scoring.SetAside;

/// <summary>
/// Stores which entries are set aside. A note is about a person: it goes with the enrolment, and with the entry at the end of its
/// retention. Every method may be repeated.
/// </summary>
/// <exception cref="LedgerUnavailableException">The ledger cannot be reached (from every method).</exception>
public interface ISetAsideStore
{
    /// <summary>Stores notes. It leaves out subjects that have left, and an entry that is known takes the newer reason.</summary>
    Task Note(IReadOnlyCollection<SetAsideEntry> entries, CancellationToken cancellationToken);

    /// <summary>Counts by reason, exactly. The numbers must not leave the platform as they are.</summary>
    Task<IReadOnlyList<SetAsideCount>> Count(CancellationToken cancellationToken);

    /// <summary>Counts all notes, at most to <paramref name="max"/>.</summary>
    Task<long> CountUpTo(int max, CancellationToken cancellationToken);

    /// <summary>Returns the programmes whose replay is under way.</summary>
    Task<IReadOnlyList<ProgrammeId>> ReadReplays(CancellationToken cancellationToken);

    /// <summary>Records the action and requests the replay of what is noted now.</summary>
    /// <param name="act">The action, on one programme.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    Task RequestReplay(NewAdminAction act, CancellationToken cancellationToken);

    /// <summary>Returns the next subjects of requested replays, in the order of <see cref="SetAsideSubject.Number"/>.</summary>
    /// <param name="after">Only notes with numbers above this.</param>
    /// <param name="count">The greatest number of subjects.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    Task<IReadOnlyList<SetAsideSubject>> ReadDue(long after, int count, CancellationToken cancellationToken);

    /// <summary>Deletes a subject's snapshot, so that its next fold begins at the first turn.</summary>
    Task DropSnapshot(SubjectId subject, CancellationToken cancellationToken);

    /// <summary>
    /// Replaces a subject's notes by those that its new fold made, and its snapshot unless a later one is stored. It does nothing for a
    /// subject that has left.
    /// </summary>
    Task Settle(SubjectId subject, IReadOnlyCollection<SetAsideEntry> entries, Snapshot snapshot, CancellationToken cancellationToken);

    /// <summary>Ends the replays that have no note left.</summary>
    Task EndReplays(CancellationToken cancellationToken);

    /// <summary>Takes the right to replay; <see langword="null"/> while another silo has it. Disposing of it gives it back.</summary>
    Task<IAsyncDisposable?> TryLock(CancellationToken cancellationToken);
}

/// <summary>A subject whose entries are to be folded again.</summary>
/// <param name="Number">The number of its last note.</param>
/// <param name="Subject">The subject.</param>
/// <param name="Kind">Its kind.</param>
/// <param name="Programme">Its programme.</param>
public sealed record SetAsideSubject(long Number, SubjectId Subject, SubjectKind Kind, ProgrammeId Programme)
{
    /// <summary>Prints the type alone, since the members lead to a person.</summary>
    public override string ToString() => nameof(SetAsideSubject);
}
