using Scoring.Administration;
using Scoring.Ledger;
using Scoring.Programmes;
using Scoring.Subjects;

namespace Scoring.Notices;

/// <summary>
/// What notices read of the ledger, each in one statement: so an entry is never seen of a subject that has left, and a last number never
/// lags behind what was read with it.
/// </summary>
public interface INoticeLedger
{
    /// <summary>A subject's entries after a turn, in ascending turns; <see langword="null"/> when it has left.</summary>
    Task<EntryRun?> EntriesAfter(SubjectId subject, long turn, int count, CancellationToken cancellationToken);

    /// <summary>A subject's entries below a turn, in descending turns; <see langword="null"/> when it has left.</summary>
    Task<EntryRun?> EntriesBelow(SubjectId subject, long turn, int count, CancellationToken cancellationToken);

    /// <summary>Acts of a programme and of all programmes after a number, from a day (UTC) on, in ascending numbers.</summary>
    Task<ActRun> ActsAfter(ProgrammeId programme, DateOnly since, long number, int count, CancellationToken cancellationToken);

    /// <summary>The same below a number, in descending numbers.</summary>
    Task<ActRun> ActsBelow(ProgrammeId programme, DateOnly since, long number, int count, CancellationToken cancellationToken);

    /// <summary>How far acts and the histories of some subjects reach; who has left is not among them.</summary>
    Task<Reach> ReadReach(IReadOnlyCollection<SubjectId> subjects, CancellationToken cancellationToken);
}

/// <summary>Some entries of a subject.</summary>
/// <param name="Last">The subject's last turn, whatever was asked for.</param>
/// <param name="Entries">The entries.</param>
public sealed record EntryRun(long Last, IReadOnlyList<Entry> Entries);

/// <summary>Some acts.</summary>
/// <param name="Last">The last act's number, of whatever programme.</param>
/// <param name="Acts">The acts, each with its entry's body.</param>
public sealed record ActRun(long Last, IReadOnlyList<(RecordedAdminAction Act, byte[] Body)> Acts);

/// <summary>How far the ledger reaches.</summary>
/// <param name="LastAct">The last act's number, of whatever programme.</param>
/// <param name="LastTurns">Each living subject's last turn.</param>
public sealed record Reach(long LastAct, IReadOnlyDictionary<SubjectId, long> LastTurns);
