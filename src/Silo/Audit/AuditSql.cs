namespace Scoring.Audit;

/// <summary>
/// The statements of audits. Those that lead from a name to a subject ($1 name, $2 programme, $3 today; more where said) return (subject,
/// partition) of a living subject that is not paused, by one row of an index.
/// </summary>
internal static class AuditSql
{
    /// <summary>The enrolment of <c>q</c>'s subject, by its key alone.</summary>
    private const string Living = """
        CROSS JOIN LATERAL (
            SELECT subject, partition, programme, restricted FROM ledger.enrolment WHERE subject = q.subject OFFSET 0) e
        WHERE e.programme = $2 AND NOT e.restricted
        """;

    /// <summary>By the key of a question's entry.</summary>
    public const string ByReference = $"""
        SELECT e.subject, e.partition FROM (SELECT subject FROM ledger.entry WHERE kind = 2 AND key = $1 OFFSET 0) q
        {Living} AND $3 IS NOT NULL
        """;

    /// <summary>By a contest.</summary>
    public const string ByContest = $"""
        SELECT e.subject, e.partition FROM (SELECT subject FROM ledger.contest WHERE id = $1 OFFSET 0) q
        {Living} AND $3 IS NOT NULL
        """;

    /// <summary>By the hash of an audit code.</summary>
    public const string ByCode = $"""
        SELECT e.subject, e.partition FROM (
            SELECT subject FROM ledger.audit_code WHERE hash = $1 AND expires >= $3 OFFSET 0) q
        {Living}
        """;

    /// <summary>By a pick of a draw: $4 pick, $5 the case that the draw must be of.</summary>
    public const string ByPick = $"""
        SELECT e.subject, e.partition FROM (
            SELECT subject FROM ledger.audit_pick WHERE draw = $1 AND pick = $4
                AND EXISTS (SELECT FROM ledger.audit_draw WHERE id = $1 AND case_id = $5) OFFSET 0) q
        {Living} AND $3 IS NOT NULL
        """;

    /// <summary>
    /// What an audit begins with: $1 subject, $2 key of the named entry or null. Returns kind, last turn, and the named entry's turn.
    /// </summary>
    public const string Facts = """
        SELECT e.kind, coalesce((SELECT turn FROM ledger.entry WHERE subject = $1 ORDER BY turn DESC LIMIT 1), 0),
            (SELECT turn FROM ledger.entry WHERE subject = $1 AND key = $2)
        FROM ledger.enrolment e WHERE e.subject = $1
        """;

    /// <summary>$1 subject, $2 key. Under the partition's lock when it decides.</summary>
    public const string TurnOfKey = "SELECT turn FROM ledger.entry WHERE subject = $1 AND key = $2";

    /// <summary>$1 subject, $2 key.</summary>
    public const string IsLooked = """
        SELECT EXISTS (SELECT FROM ledger.enrolment WHERE subject = $1 AND NOT restricted)
            AND EXISTS (SELECT FROM ledger.entry WHERE subject = $1 AND key = $2 AND kind = 3)
        """;

    /// <summary>$1 subject, $2 position. Down the index of turns, which positions follow.</summary>
    public const string LastTurn =
        "SELECT turn FROM ledger.entry WHERE subject = $1 AND position <= $2 AND kind <> 0 ORDER BY turn DESC LIMIT 1";

    /// <summary>$1 subject, $2 turn.</summary>
    public const string DayOf = """
        SELECT e.kind, e.day, (SELECT max(day) FROM ledger.entry WHERE subject = $1 AND turn <= $2)
        FROM ledger.entry e WHERE e.subject = $1 AND e.turn = $2 AND e.kind <> 0
        """;

    /// <summary>$1 case, $2 auditor, $3 programme, $4 purpose, $5 opened, $6 expires. Behind partition 0's lock.</summary>
    public const string InsertCase = """
        INSERT INTO ledger.audit_case (id, auditor, programme, purpose, opened, expires) VALUES ($1, $2, $3, $4, $5, $6)
        """;

    /// <summary>$1 auditor, $2 day. Behind partition 0's lock, so that none is opened beside it.</summary>
    public const string CasesOfDay = "SELECT count(*) FROM ledger.audit_case WHERE auditor = $1 AND opened = $2";

    /// <summary>$1 case, $2 auditor.</summary>
    public const string FindCase =
        "SELECT programme, purpose, opened, expires FROM ledger.audit_case WHERE id = $1 AND auditor = $2";

    /// <summary>Behind the subject's lock: $1 subject, $2 today. Codes that lead nowhere any more go.</summary>
    public const string ForgetCodes = "DELETE FROM ledger.audit_code WHERE subject = $1 AND expires < $2";

    /// <summary>Behind the subject's lock: $1 subject.</summary>
    public const string CountCodes = "SELECT count(*) FROM ledger.audit_code WHERE subject = $1";

    /// <summary>$1 hash, $2 subject, $3 expires.</summary>
    public const string InsertCode = "INSERT INTO ledger.audit_code (hash, subject, expires) VALUES ($1, $2, $3)";

    /// <summary>One after the other for a case, so that their number is bound: $1 case.</summary>
    public const string LockCase = "SELECT count(pg_advisory_xact_lock(6, hashtext($1)))";

    /// <summary>$1 draw, $2 case, $3 count, $4 asked after, $5 most. No row when there are so many.</summary>
    public const string InsertDraw = """
        INSERT INTO ledger.audit_draw (id, case_id, count, asked_after)
        SELECT $1, $2, $3, $4 WHERE (SELECT count(*) FROM ledger.audit_draw WHERE case_id = $2) < $5
        """;

    /// <summary>$1 draw, $2 auditor.</summary>
    public const string FindDraw = """
        SELECT d.count, d.asked_after, d.fixed_by, c.id, c.programme, c.purpose, c.opened, c.expires
        FROM ledger.audit_draw d JOIN ledger.audit_case c ON c.id = d.case_id WHERE d.id = $1 AND c.auditor = $2
        """;

    /// <summary>$1 draw.</summary>
    public const string Picks = "SELECT pick, candidate, partition, position FROM ledger.audit_pick WHERE draw = $1 ORDER BY pick";

    /// <summary>$1 draw, $2 checkpoint. No row when it is fixed already; locks its row.</summary>
    public const string Fix = "UPDATE ledger.audit_draw SET fixed_by = $2 WHERE id = $1 AND fixed_by IS NULL";

    /// <summary>
    /// Those drawn: $1 draw, $2 partitions, $3 positions in order, $4 programme, $5 count. Each place by the primary key; shares the
    /// enrolments' rows with whoever leaves, who then takes the pick along.
    /// </summary>
    public const string InsertPicks = """
        INSERT INTO ledger.audit_pick (draw, pick, candidate, partition, position, subject)
        SELECT $1, row_number() OVER (ORDER BY n), n - 1, partition, position, subject FROM (
            SELECT DISTINCT ON (e.subject) i.n, i.partition, i.position, e.subject
            FROM unnest($2, $3) WITH ORDINALITY AS i (partition, position, n)
            CROSS JOIN LATERAL (
                SELECT subject FROM ledger.entry
                WHERE partition = i.partition AND position = i.position AND kind <> 0 AND subject IS NOT NULL OFFSET 0) t
            CROSS JOIN LATERAL (
                SELECT subject FROM ledger.enrolment WHERE subject = t.subject AND programme = $4 AND NOT restricted OFFSET 0) e
            ORDER BY e.subject, i.n) first
        ORDER BY n LIMIT $5
        """;

    /// <summary>
    /// Rows of a partition in order: $1 partition, $2 position before them, $3 last position, $4 count. Of public ones also what they say.
    /// </summary>
    public const string Rows = """
        SELECT position, leaf, kind, day, body FROM ledger.entry
        WHERE partition = $1 AND position > $2 AND position <= $3 ORDER BY position LIMIT $4
        """;

    /// <summary>Tombstones in order: $1 partition, $2 position before them, $3 count.</summary>
    public const string Tombstones = """
        SELECT position, leaf, kind, day, body FROM ledger.entry
        WHERE partition = $1 AND position > $2 AND kind IN (14, 19) ORDER BY position LIMIT $3
        """;

    /// <summary>$1 positions of partition 0.</summary>
    public const string Acts = """
        SELECT t.position, t.day, t.body, t.leaf FROM unnest($1) AS i (position)
        CROSS JOIN LATERAL (
            SELECT position, day, body, leaf FROM ledger.entry
            WHERE partition = 0 AND position = i.position AND kind = 16 OFFSET 0) t
        """;
}
