using Microsoft.Extensions.Options;
using NpgsqlTypes;
using Scoring.Administration;
using Scoring.Enrolments;
using Scoring.Ledger;
using Scoring.Storage;
using Scoring.Subjects;

namespace Scoring.Contests;

/// <summary>Contests in PostgreSQL. Every change runs in a <see cref="LockedTransaction"/>, together with its entries.</summary>
internal sealed class PostgresContests : IContestStore
{
    private const short ActPartition = 0;

    private readonly LockedSubjects _subjects;
    private readonly ContestReader _reader;
    private readonly ILogger _log;

    /// <summary>Opens no connection.</summary>
    public PostgresContests(
        LedgerDatabase database, LedgerHeads heads, IOptions<EnrolmentOptions> options, ILogger<PostgresContests> log)
    {
        _subjects = new LockedSubjects(database, heads, options);
        _reader = new ContestReader(database);
        _log = log;
    }

    /// <inheritdoc/>
    public Task<bool> Open(byte[] locator, long turn, Func<ContestFacts, ContestStep?> decide, CancellationToken cancellationToken) =>
        PostgresErrors.Try(
            () => _subjects.With(
                locator, false,
                async (locked, subject, _) =>
                {
                    var facts = await ContestRows.Facts(locked, subject, turn, cancellationToken);
                    return await Write(locked, subject, facts, decide, cancellationToken);
                },
                cancellationToken),
            _log);

    /// <inheritdoc/>
    public Task<bool> Change(byte[] locator, string caseId, Func<ContestFacts, ContestStep?> decide, CancellationToken cancellationToken) =>
        PostgresErrors.Try(
            () => _subjects.With(
                locator, false, (locked, subject, _) => Change(locked, subject, caseId, decide, cancellationToken), cancellationToken),
            _log);

    /// <inheritdoc/>
    public Task<bool> Judge(string caseId, Func<ContestFacts, ContestStep?> decide, CancellationToken cancellationToken) =>
        PostgresErrors.Try(
            () => _subjects.With(
                () => Sql.Command(ContestSql.SubjectOfCase, (caseId, NpgsqlDbType.Text)), ActPartition, false,
                (locked, subject, _) => Change(locked, subject, caseId, decide, cancellationToken), cancellationToken),
            _log);

    /// <inheritdoc/>
    public Task<IReadOnlyList<StoredContest>> OfSubject(SubjectId subject, CancellationToken cancellationToken) =>
        PostgresErrors.Try(() => _reader.OfSubject(subject, cancellationToken), _log);

    /// <inheritdoc/>
    public Task<FoundCase?> Find(string caseId, CancellationToken cancellationToken) =>
        PostgresErrors.Try(() => _reader.Find(caseId, cancellationToken), _log);

    /// <inheritdoc/>
    public Task<IReadOnlyList<StoredContest>> Undecided(CasePlace? after, int count, CancellationToken cancellationToken) =>
        PostgresErrors.Try(() => _reader.Undecided(after, count, cancellationToken), _log);

    /// <inheritdoc/>
    public Task<IReadOnlyList<WaitingCase>> UndecidedWithDay(CasePlace? after, int count, CancellationToken cancellationToken) =>
        PostgresErrors.Try(() => _reader.UndecidedWithDay(after, count, cancellationToken), _log);

    /// <inheritdoc/>
    public Task<IReadOnlyList<StoredContest>> UndecidedOf(string source, long after, int count, CancellationToken cancellationToken) =>
        PostgresErrors.Try(() => _reader.UndecidedOf(source, after, count, cancellationToken), _log);

    /// <inheritdoc/>
    public Task<int> ForgetGone(CancellationToken cancellationToken) =>
        PostgresErrors.Try(() => _reader.DeleteWithoutEvent(cancellationToken), _log);

    /// <summary>Decides and writes a step of a contest. A contest whose event is erased is deleted instead.</summary>
    private static async Task<bool> Change(
        LockedTransaction locked, SubjectId subject, string caseId, Func<ContestFacts, ContestStep?> decide,
        CancellationToken cancellationToken)
    {
        if (await ContestRows.OfCase(locked, subject, caseId, cancellationToken) is not { } contest) return false;
        var facts = await ContestRows.Facts(locked, subject, contest.Turn, cancellationToken);
        if (facts.Event is not null) return await Write(locked, subject, facts, decide, cancellationToken);
        await locked.Run(cancellationToken, Sql.Command(ContestSql.Delete, (caseId, NpgsqlDbType.Text)));
        await locked.Commit();
        return false;
    }

    private static async Task<bool> Write(
        LockedTransaction locked, SubjectId subject, ContestFacts facts, Func<ContestFacts, ContestStep?> decide,
        CancellationToken cancellationToken)
    {
        if (decide(facts) is not { } step) return true;
        if (facts.Contest is null) await ContestRows.Insert(locked, subject, step.Contest, cancellationToken);
        else if (!ReferenceEquals(facts.Contest, step.Contest)) await ContestRows.Update(locked, step.Contest, cancellationToken);
        await locked.Append(cancellationToken, [.. step.Entries.Select(entry => (subject, entry))]);
        if (step.Act is { } act) await AdminActionWriter.Append(locked, act, cancellationToken);
        await locked.Commit();
        return true;
    }
}
