using Scoring.Ledger;

namespace Scoring.Audit;

/// <summary>
/// The statements of audits. Those called <c>By*</c> resolve a name to a subject: $1 name, $2 programme, $3 today, and more where said.
/// They return (subject, partition) of an enrolled subject that is not restricted, by one row of an index. They take no lock: before the
/// lock they are a hint, and under the partition's lock they are final.
/// </summary>
internal static class AuditSql
{
    /// <summary>A part of statements: the enrolment of <c>q</c>'s subject, by its key alone.</summary>
    private const string Living = """
        CROSS JOIN LATERAL (
            SELECT subject, partition, programme, restricted FROM ledger.enrolment WHERE subject = q.subject OFFSET 0) e
        WHERE e.programme = $2 AND NOT e.restricted
        """;

    /// <summary>By the key of a query's entry. No lock.</summary>
    public static readonly string ByReference = $"""
        SELECT e.subject, e.partition FROM (
            SELECT subject FROM ledger.entry WHERE kind = {EntryKindSql.Queried} AND key = $1 OFFSET 0) q
        {Living} AND $3 IS NOT NULL
        """;

    /// <summary>By the case of a contest. No lock.</summary>
    public const string ByContest = $"""
        SELECT e.subject, e.partition FROM (SELECT subject FROM ledger.contest WHERE id = $1 OFFSET 0) q
        {Living} AND $3 IS NOT NULL
        """;

    /// <summary>By the hash of an audit code. No lock.</summary>
    public const string ByCode = $"""
        SELECT e.subject, e.partition FROM (
            SELECT subject FROM ledger.audit_code WHERE hash = $1 AND expires >= $3 OFFSET 0) q
        {Living}
        """;

    /// <summary>By a pick of a draw. No lock. $4 pick, $5 the case that the draw must belong to.</summary>
    public const string ByPick = $"""
        SELECT e.subject, e.partition FROM (
            SELECT subject FROM ledger.audit_pick WHERE draw = $1 AND pick = $4
                AND EXISTS (SELECT FROM ledger.audit_draw WHERE id = $1 AND case_id = $5) OFFSET 0) q
        {Living} AND $3 IS NOT NULL
        """;

    /// <summary>
    /// What an audit of a subject begins with. No lock. $1 subject, $2 key of the named entry or null. Returns kind, last turn, and the
    /// named entry's turn.
    /// </summary>
    public const string Facts = """
        SELECT e.kind, coalesce((SELECT turn FROM ledger.entry WHERE subject = $1 ORDER BY turn DESC LIMIT 1), 0),
            (SELECT turn FROM ledger.entry WHERE subject = $1 AND key = $2)
        FROM ledger.enrolment e WHERE e.subject = $1
        """;

    /// <summary>The turn of a subject's entry by its key. It takes no lock: the caller holds the subject's. $1 subject, $2 key.</summary>
    public const string TurnOfKey = "SELECT turn FROM ledger.entry WHERE subject = $1 AND key = $2";

    /// <summary>Whether an unrestricted subject has an access entry of a key. No lock. $1 subject, $2 key.</summary>
    public static readonly string HasAccess = $"""
        SELECT EXISTS (SELECT FROM ledger.enrolment WHERE subject = $1 AND NOT restricted)
            AND EXISTS (SELECT FROM ledger.entry WHERE subject = $1 AND key = $2 AND kind = {EntryKindSql.Looked})
        """;

    /// <summary>
    /// A subject's last turn at or before a position. No lock. It follows the index of turns, which have the order of positions. $1
    /// subject, $2 position.
    /// </summary>
    public static readonly string LastTurn = $"""
        SELECT turn FROM ledger.entry
        WHERE subject = $1 AND position <= $2 AND kind <> {EntryKindSql.Erased} ORDER BY turn DESC LIMIT 1
        """;

    /// <summary>Kind and day of a subject's entry, and the latest day up to its turn. No lock. $1 subject, $2 turn.</summary>
    public static readonly string DayOf = $"""
        SELECT e.kind, e.day, (SELECT max(day) FROM ledger.entry WHERE subject = $1 AND turn <= $2)
        FROM ledger.entry e WHERE e.subject = $1 AND e.turn = $2 AND e.kind <> {EntryKindSql.Erased}
        """;

    /// <summary>
    /// Stores a case. Runs under partition 0's lock and locks its own new row. $1 case, $2 auditor, $3 programme, $4 purpose, $5 opened, $6
    /// expires.
    /// </summary>
    public const string InsertCase = """
        INSERT INTO ledger.audit_case (id, auditor, programme, purpose, opened, expires) VALUES ($1, $2, $3, $4, $5, $6)
        """;

    /// <summary>
    /// Counts the cases that an auditor opened on a day. It takes no lock: the caller holds partition 0's, so no other case is opened
    /// meanwhile. $1 auditor, $2 day.
    /// </summary>
    public const string CasesOfDay = "SELECT count(*) FROM ledger.audit_case WHERE auditor = $1 AND opened = $2";

    /// <summary>A case of an auditor. No lock: a case never changes. $1 case, $2 auditor.</summary>
    public const string FindCase =
        "SELECT programme, purpose, opened, expires FROM ledger.audit_case WHERE id = $1 AND auditor = $2";

    /// <summary>An auditor's cases by their last days. No lock. $1 auditor, $2 first of these days, $3 count.</summary>
    public const string OpenCases = """
        SELECT id, programme, purpose, opened, expires FROM ledger.audit_case
        WHERE auditor = $1 AND expires >= $2 ORDER BY expires, id LIMIT $3
        """;

    /// <summary>The draws of cases. No lock. $1 cases, $2 count.</summary>
    public const string DrawsOf =
        "SELECT id, case_id, count, asked_after, fixed_by FROM ledger.audit_draw WHERE case_id = ANY($1) ORDER BY case_id, id LIMIT $2";

    /// <summary>Deletes a subject's expired codes. Runs under the subject's lock and locks the rows. $1 subject, $2 today.</summary>
    public const string DeleteExpiredCodes = "DELETE FROM ledger.audit_code WHERE subject = $1 AND expires < $2";

    /// <summary>Counts a subject's codes. It takes no lock: the caller holds the subject's. $1 subject.</summary>
    public const string CountCodes = "SELECT count(*) FROM ledger.audit_code WHERE subject = $1";

    /// <summary>Stores a code. Runs under the subject's lock and locks its own new row. $1 hash, $2 subject, $3 expires.</summary>
    public const string InsertCode = "INSERT INTO ledger.audit_code (hash, subject, expires) VALUES ($1, $2, $3)";

    /// <summary>
    /// Locks a case: an advisory lock that ends with the transaction, so that concurrent draws of one case do not exceed their limit. $1
    /// case.
    /// </summary>
    public const string LockCase = "SELECT count(pg_advisory_xact_lock(6, hashtext($1)))";

    /// <summary>
    /// Stores a draw unless its case has too many. Runs under <see cref="LockCase"/> and locks its own new row. $1 draw, $2 case, $3 count,
    /// $4 checkpoint after which it was requested, $5 most draws.
    /// </summary>
    public const string InsertDraw = """
        INSERT INTO ledger.audit_draw (id, case_id, count, asked_after)
        SELECT $1, $2, $3, $4 WHERE (SELECT count(*) FROM ledger.audit_draw WHERE case_id = $2) < $5
        """;

    /// <summary>A draw of an auditor with its case. No lock. $1 draw, $2 auditor.</summary>
    public const string FindDraw = """
        SELECT d.count, d.asked_after, d.fixed_by, c.id, c.programme, c.purpose, c.opened, c.expires
        FROM ledger.audit_draw d JOIN ledger.audit_case c ON c.id = d.case_id WHERE d.id = $1 AND c.auditor = $2
        """;

    /// <summary>The picks of a draw. No lock. $1 draw.</summary>
    public const string Picks = "SELECT pick, candidate, partition, position FROM ledger.audit_pick WHERE draw = $1 ORDER BY pick";

    /// <summary>
    /// Fixes a draw by a checkpoint; changes no row when it is fixed already. Locks the draw's row, so that one transaction picks. $1 draw,
    /// $2 checkpoint.
    /// </summary>
    public const string Fix = "UPDATE ledger.audit_draw SET fixed_by = $2 WHERE id = $1 AND fixed_by IS NULL";

    /// <summary>
    /// Stores the picks of a draw. $1 draw, $2 partitions, $3 positions in the order of the draw, $4 programme, $5 count. It reads each
    /// place by the primary key. It runs in the transaction of <see cref="Fix"/>, locks its own new rows, and by the foreign key shares the
    /// enrolments' rows: a later withdrawal deletes the pick.
    /// </summary>
    public static readonly string InsertPicks = $"""
        INSERT INTO ledger.audit_pick (draw, pick, candidate, partition, position, subject)
        SELECT $1, row_number() OVER (ORDER BY n), n - 1, partition, position, subject FROM (
            SELECT DISTINCT ON (e.subject) i.n, i.partition, i.position, e.subject
            FROM unnest($2, $3) WITH ORDINALITY AS i (partition, position, n)
            CROSS JOIN LATERAL (
                SELECT subject FROM ledger.entry
                WHERE partition = i.partition AND position = i.position
                    AND kind <> {EntryKindSql.Erased} AND subject IS NOT NULL OFFSET 0) t
            CROSS JOIN LATERAL (
                SELECT subject FROM ledger.enrolment WHERE subject = t.subject AND programme = $4 AND NOT restricted OFFSET 0) e
            ORDER BY e.subject, i.n) first
        ORDER BY n LIMIT $5
        """;

    /// <summary>
    /// The rows of a partition, ascending; <see cref="AuditReader"/> shows the bodies of public rows only. No lock. $1 partition, $2
    /// position before them, $3 last position, $4 count.
    /// </summary>
    public const string Rows = """
        SELECT position, leaf, kind, day, body FROM ledger.entry
        WHERE partition = $1 AND position > $2 AND position <= $3 ORDER BY position LIMIT $4
        """;

    /// <summary>The tombstones of a partition, ascending. No lock. $1 partition, $2 position before them, $3 count.</summary>
    public static readonly string Tombstones = $"""
        SELECT position, leaf, kind, day, body FROM ledger.entry
        WHERE partition = $1 AND position > $2 AND kind IN ({EntryKindSql.Withdrawn}, {EntryKindSql.Expired}) ORDER BY position LIMIT $3
        """;

    /// <summary>Administrative actions by their positions in partition 0. No lock. $1 positions.</summary>
    public static readonly string Acts = $"""
        SELECT t.position, t.day, t.body, t.leaf FROM unnest($1) AS i (position)
        CROSS JOIN LATERAL (
            SELECT position, day, body, leaf FROM ledger.entry
            WHERE partition = 0 AND position = i.position AND kind = {EntryKindSql.Act} OFFSET 0) t
        """;
}
