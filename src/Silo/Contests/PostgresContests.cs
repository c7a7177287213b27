using Microsoft.Extensions.Options;
using NpgsqlTypes;
using Scoring.Administration;
using Scoring.Enrolments;
using Scoring.Ledger;
using Scoring.Storage;
using Scoring.Subjects;

namespace Scoring.Contests;

/// <summary>Contests in PostgreSQL. Every change takes the ledger's road: <see cref="LockedTransaction"/>.</summary>
internal sealed class PostgresContests : IContestStore
{
    private const short ActPartition = 0;

    private readonly OwnSubjects own;
    private readonly ContestReader reader;
    private readonly ILogger log;

    /// <summary>Opens nothing yet.</summary>
    public PostgresContests(
        LedgerDatabase database, LedgerHeads heads, IOptions<EnrolmentOptions> options, ILogger<PostgresContests> log)
    {
        own = new OwnSubjects(database, heads, options.Value.AttemptsMax);
        reader = new ContestReader(database);
        this.log = log;
    }

    /// <inheritdoc/>
    public Task<bool> Open(byte[] locator, long turn, Func<ContestFacts, ContestStep?> decide, CancellationToken cancel) => Reached.Try(
        () => own.With(
            locator, false,
            async (locked, subject, _) =>
            {
                var facts = await ContestRows.Facts(locked, subject, turn, cancel);
                return await Write(locked, subject, facts, decide, cancel);
            },
            cancel),
        log);

    /// <inheritdoc/>
    public Task<bool> Change(byte[] locator, string caseId, Func<ContestFacts, ContestStep?> decide, CancellationToken cancel) =>
        Reached.Try(
            () => own.With(locator, false, (locked, subject, _) => Change(locked, subject, caseId, decide, cancel), cancel), log);

    /// <inheritdoc/>
    public Task<bool> Judge(string caseId, Func<ContestFacts, ContestStep?> decide, CancellationToken cancel) => Reached.Try(
        () => own.With(
            () => Sql.Command(ContestSql.Follow, (caseId, NpgsqlDbType.Text)), ActPartition, false,
            (locked, subject, _) => Change(locked, subject, caseId, decide, cancel), cancel),
        log);

    /// <inheritdoc/>
    public Task<IReadOnlyList<StoredContest>> OfSubject(SubjectId subject, CancellationToken cancel) =>
        Reached.Try(() => reader.OfSubject(subject, cancel), log);

    /// <inheritdoc/>
    public Task<FoundCase?> Find(string caseId, CancellationToken cancel) => Reached.Try(() => reader.Find(caseId, cancel), log);

    /// <inheritdoc/>
    public Task<IReadOnlyList<StoredContest>> Undecided(CasePlace? after, int count, CancellationToken cancel) =>
        Reached.Try(() => reader.Undecided(after, count, cancel), log);

    /// <inheritdoc/>
    public Task<IReadOnlyList<StoredContest>> UndecidedOf(string source, long after, int count, CancellationToken cancel) =>
        Reached.Try(() => reader.UndecidedOf(source, after, count, cancel), log);

    /// <inheritdoc/>
    public Task<int> ForgetGone(CancellationToken cancel) => Reached.Try(() => reader.ForgetGone(cancel), log);

    /// <summary>A contest whose event is held no longer has nothing to be about, and goes.</summary>
    private static async Task<bool> Change(
        LockedTransaction locked, SubjectId subject, string caseId, Func<ContestFacts, ContestStep?> decide, CancellationToken cancel)
    {
        if (await ContestRows.OfCase(locked, subject, caseId, cancel) is not { } contest) return false;
        var facts = await ContestRows.Facts(locked, subject, contest.Turn, cancel);
        if (facts.Event is not null) return await Write(locked, subject, facts, decide, cancel);
        await locked.Run(cancel, Sql.Command(ContestSql.Delete, (caseId, NpgsqlDbType.Text)));
        await locked.Commit();
        return false;
    }

    private static async Task<bool> Write(
        LockedTransaction locked, SubjectId subject, ContestFacts facts, Func<ContestFacts, ContestStep?> decide, CancellationToken cancel)
    {
        if (decide(facts) is not { } step) return true;
        if (facts.Contest is null) await ContestRows.Insert(locked, subject, step.Contest, cancel);
        else if (!ReferenceEquals(facts.Contest, step.Contest)) await ContestRows.Update(locked, step.Contest, cancel);
        await locked.Append(cancel, [.. step.Entries.Select(entry => (subject, entry))]);
        if (step.Act is { } act) await ActWriting.Append(locked, act, cancel);
        await locked.Commit();
        return true;
    }
}
