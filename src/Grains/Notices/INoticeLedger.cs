using Scoring.Administration;
using Scoring.Ledger;
using Scoring.Programmes;
using Scoring.Subjects;

namespace Scoring.Notices;

/// <summary>
/// Reads the ledger for notices, each member in one statement. So a read never returns entries of a subject that has left, and the last
/// number it returns is never below those it read.
/// </summary>
/// <exception cref="LedgerUnavailableException">The ledger cannot be reached (from every member).</exception>
public interface INoticeLedger
{
    /// <summary>
    /// Reads a subject's entries after a turn, in ascending turns, at most <paramref name="count"/>; <see langword="null"/> when the
    /// subject has left.
    /// </summary>
    Task<EntryRun?> EntriesAfter(SubjectId subject, long turn, int count, CancellationToken cancellationToken);

    /// <summary>
    /// Reads a subject's entries below a turn, in descending turns, at most <paramref name="count"/>; <see langword="null"/> when the
    /// subject has left.
    /// </summary>
    Task<EntryRun?> EntriesBelow(SubjectId subject, long turn, int count, CancellationToken cancellationToken);

    /// <summary>
    /// Reads administrative actions on a programme and on all programmes after a number, from a day (UTC) on, in ascending numbers, at most
    /// <paramref name="count"/>.
    /// </summary>
    Task<ActRun> ActsAfter(ProgrammeId programme, DateOnly since, long number, int count, CancellationToken cancellationToken);

    /// <summary>
    /// Reads administrative actions on a programme and on all programmes below a number, from a day (UTC) on, in descending numbers, at
    /// most <paramref name="count"/>.
    /// </summary>
    Task<ActRun> ActsBelow(ProgrammeId programme, DateOnly since, long number, int count, CancellationToken cancellationToken);

    /// <summary>Reads how far the actions and the histories of some subjects reach. Subjects that have left are left out.</summary>
    Task<Reach> ReadReach(IReadOnlyCollection<SubjectId> subjects, CancellationToken cancellationToken);
}

/// <summary>Some entries of a subject.</summary>
/// <param name="Last">The subject's last turn, also when it is not among the entries.</param>
/// <param name="Entries">The entries.</param>
public sealed record EntryRun(long Last, IReadOnlyList<Entry> Entries);

/// <summary>Some administrative actions.</summary>
/// <param name="Last">The last action's number, of any programme.</param>
/// <param name="Acts">The actions, each with its entry's body.</param>
public sealed record ActRun(long Last, IReadOnlyList<(RecordedAdminAction Act, byte[] Body)> Acts);

/// <summary>How far the ledger reaches.</summary>
/// <param name="LastAct">The last action's number, of any programme.</param>
/// <param name="LastTurns">The last turn of each enrolled subject.</param>
public sealed record Reach(long LastAct, IReadOnlyDictionary<SubjectId, long> LastTurns);
