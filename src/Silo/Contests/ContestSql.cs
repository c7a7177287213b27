using Scoring.Ledger;

namespace Scoring.Contests;

/// <summary>
/// The statements on ledger.contest. A row is written only under the lock of its subject's partition. A read without that lock decides
/// nothing.
/// </summary>
internal static class ContestSql
{
    /// <summary>A part of statements: the columns of a contest in the order that <see cref="ContestRows.Contest"/> reads.</summary>
    private const string Columns =
        "c.id, c.programme, c.turn, c.event_key, c.source, c.grounds, c.opened, c.due, c.upheld, c.reason, c.decided, c.verdict, c.number";

    /// <summary>A stored event. It takes no lock: the caller holds the subject's. $1 subject, $2 turn.</summary>
    public static readonly string Event = $"""
        SELECT e.key, e.day, e.body FROM ledger.entry e
        WHERE e.subject = $1 AND e.turn = $2 AND e.kind = {EntryKindSql.Event} AND e.body IS NOT NULL
        """;

    /// <summary>The contest of an event. It takes no lock: the caller holds the subject's. $1 subject, $2 turn.</summary>
    public const string OfTurn = $"SELECT {Columns} FROM ledger.contest c WHERE c.subject = $1 AND c.turn = $2";

    /// <summary>A contest of a subject. It takes no lock: the caller holds the subject's. $1 subject, $2 case.</summary>
    public const string OfCase = $"SELECT {Columns} FROM ledger.contest c WHERE c.subject = $1 AND c.id = $2";

    /// <summary>Whether a subject has an entry of a key. It takes no lock: the caller holds the subject's. $1 subject, $2 key.</summary>
    public const string HasKey = "SELECT EXISTS (SELECT FROM ledger.entry WHERE subject = $1 AND key = $2)";

    /// <summary>The due days of a subject's undecided contests. It takes no lock: the caller holds the subject's. $1 subject.</summary>
    public const string UndecidedDue = "SELECT due FROM ledger.contest WHERE subject = $1 AND upheld IS NULL";

    /// <summary>
    /// The subject and partition of a case. It takes no lock: before the lock it is a hint, and under the partition's lock it is final. $1
    /// case.
    /// </summary>
    public const string SubjectOfCase = """
        SELECT e.subject, e.partition FROM ledger.contest c JOIN ledger.enrolment e ON e.subject = c.subject WHERE c.id = $1
        """;

    /// <summary>
    /// Locks the numbering of contests: an advisory lock that only openings take, after the partition's, until the commit. So numbers
    /// become visible in ascending order.
    /// </summary>
    public const string LockNumbers = "SELECT pg_advisory_xact_lock(5, 1)";

    /// <summary>
    /// Stores an opened contest. Runs under the subject's lock and <see cref="LockNumbers"/>, and locks its own new row. $1 case, $2
    /// subject, $3 turn, $4 key, $5 source, $6 programme, $7 grounds, $8 opened, $9 due.
    /// </summary>
    public const string Insert = """
        INSERT INTO ledger.contest (id, subject, turn, event_key, source, programme, grounds, opened, due)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
        """;

    /// <summary>
    /// Changes an undecided contest. Runs under the subject's lock and locks the row. $1 case, $2 grounds, $3 due, $4 upheld, $5 reason, $6
    /// decided, $7 verdict.
    /// </summary>
    public const string Update = """
        UPDATE ledger.contest SET grounds = $2, due = $3, upheld = $4, reason = $5, decided = $6, verdict = $7
        WHERE id = $1 AND upheld IS NULL
        """;

    /// <summary>Deletes a contest whose event is erased. Runs under the subject's lock and locks the row. $1 case.</summary>
    public const string Delete = "DELETE FROM ledger.contest WHERE id = $1";

    /// <summary>A subject's contests, newest first. No lock. $1 subject.</summary>
    public const string OfSubject = $"SELECT {Columns} FROM ledger.contest c WHERE c.subject = $1 ORDER BY c.number DESC";

    /// <summary>A contest with its event and subject. No lock. $1 case.</summary>
    public static readonly string Find = $"""
        SELECT {Columns}, e.subject, e.key, e.day, e.body FROM ledger.contest c
        JOIN ledger.entry e ON e.subject = c.subject AND e.turn = c.turn AND e.kind = {EntryKindSql.Event} AND e.body IS NOT NULL
        WHERE c.id = $1
        """;

    /// <summary>The undecided contests after a place, by due day and number. No lock. $1 due day, $2 number, $3 count.</summary>
    public const string Undecided = $"""
        SELECT {Columns} FROM ledger.contest c WHERE c.upheld IS NULL AND (c.due, c.number) > ($1, $2) ORDER BY c.due, c.number LIMIT $3
        """;

    /// <summary>The same with subject and event's day, when the event is not erased. No lock. $1 due day, $2 number, $3 count.</summary>
    public static readonly string UndecidedWithDay = $"""
        SELECT {Columns}, e.subject, e.day FROM ledger.contest c
        JOIN ledger.entry e ON e.subject = c.subject AND e.turn = c.turn AND e.kind = {EntryKindSql.Event} AND e.body IS NOT NULL
        WHERE c.upheld IS NULL AND (c.due, c.number) > ($1, $2) ORDER BY c.due, c.number LIMIT $3
        """;

    /// <summary>The undecided contests of a source after a number. No lock. $1 source, $2 number, $3 count.</summary>
    public const string UndecidedOf = $"""
        SELECT {Columns} FROM ledger.contest c WHERE c.upheld IS NULL AND c.source = $1 AND c.number > $2 ORDER BY c.number LIMIT $3
        """;

    /// <summary>
    /// Deletes, among the next contests, those whose event is erased. Locks these contests' rows and skips those that another transaction
    /// holds, so it waits for none. $1 number before them, $2 count. Returns the last number that was checked, null at the end, and how
    /// many contests were deleted.
    /// </summary>
    public static readonly string DeleteWithoutEvent = $"""
        WITH run AS MATERIALIZED (
            SELECT id, number, subject, turn FROM ledger.contest WHERE number > $1 ORDER BY number LIMIT $2
        ), gone AS MATERIALIZED (
            SELECT c.id FROM ledger.contest c WHERE c.id IN (
                SELECT r.id FROM run r WHERE NOT EXISTS (
                    SELECT FROM ledger.entry e
                    WHERE e.subject = r.subject AND e.turn = r.turn AND e.kind = {EntryKindSql.Event} AND e.body IS NOT NULL))
            FOR UPDATE SKIP LOCKED
        ), forgotten AS (
            DELETE FROM ledger.contest WHERE id IN (SELECT id FROM gone) RETURNING 1
        )
        SELECT (SELECT max(number) FROM run), (SELECT count(*) FROM forgotten)
        """;
}
