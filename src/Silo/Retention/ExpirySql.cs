namespace Scoring.Retention;

/// <summary>The statements by which entries expire. Those that clear run after <see cref="Ledger.EntrySql.LockPartitions"/>.</summary>
internal static class ExpirySql
{
    /// <summary>How far a partition's walk for a programme has come. $1 partition, $2 programme. No lock.</summary>
    public const string Place = "SELECT position, reached, day FROM ledger.expiry WHERE partition = $1 AND programme = $2";

    /// <summary>Notes the same. $1 partition, $2 programme, $3 position, $4 reached or null, $5 last day gone. Locks its own row.</summary>
    public const string Note = """
        INSERT INTO ledger.expiry (partition, programme, position, reached, day) VALUES ($1, $2, $3, $4, $5)
        ON CONFLICT (partition, programme) DO UPDATE
            SET position = excluded.position, reached = excluded.reached, day = excluded.day
        """;

    /// <summary>
    /// A run of positions: $1 partition, $2 position before it, $3 rows, $4 programme, $5 last day gone, $6 the day past which nothing
    /// behind can be due. Returns the run's rows and last position, the first position past that day, the first row of the programme that
    /// is kept, the rows that are due, and the consents among them, which stay as the newest of their subjects. No lock: it decides
    /// nothing.
    /// </summary>
    public const string Run = """
        WITH run AS MATERIALIZED (
            SELECT position, subject, kind, day FROM ledger.entry WHERE partition = $1 AND position > $2 ORDER BY position LIMIT $3
        ), seen AS MATERIALIZED (
            SELECT r.position, r.kind, r.day, e.subject IS NOT NULL AS ours FROM run r
            LEFT JOIN LATERAL (SELECT subject FROM ledger.enrolment WHERE subject = r.subject AND programme = $4 OFFSET 0) e ON true
        )
        SELECT count(*), max(position), min(position) FILTER (WHERE day > $6),
            min(position) FILTER (WHERE ours AND day > $5),
            coalesce(array_agg(position ORDER BY position) FILTER (WHERE ours AND day <= $5 AND kind NOT IN (0, 7, 17)), '{}'),
            coalesce(array_agg(position ORDER BY position) FILTER (WHERE ours AND day <= $5 AND kind = 17), '{}')
        FROM seen
        """;

    /// <summary>
    /// Clears what is due: $1 partition (locked), $2 positions, $3 last day gone, $4 programme, $5 positions of renewed consents, whose
    /// forerunners are due with them. Whoever has left meanwhile is passed over: the withdrawal has declared their rows. A subject's last
    /// row keeps its number and turn, from which the next one is counted, and nothing else. Returns each row's subject.
    /// </summary>
    public const string Clear = """
        WITH due AS MATERIALIZED (
            SELECT t.position, t.subject,
                EXISTS (SELECT FROM ledger.entry l WHERE l.subject = t.subject AND l.turn > t.turn OFFSET 0) AS followed
            FROM unnest($2) AS i (position)
            CROSS JOIN LATERAL (
                SELECT position, subject, turn, kind, day FROM ledger.entry WHERE partition = $1 AND position = i.position OFFSET 0) t
            CROSS JOIN LATERAL (SELECT FROM ledger.enrolment WHERE subject = t.subject AND programme = $4 OFFSET 0) e
            WHERE t.day <= $3 AND t.kind NOT IN (0, 7, 17)
        ), forerunners AS MATERIALIZED (
            SELECT b.position, b.subject, true AS followed FROM unnest($5) AS i (position)
            CROSS JOIN LATERAL (
                SELECT subject, turn, kind, day FROM ledger.entry WHERE partition = $1 AND position = i.position OFFSET 0) t
            CROSS JOIN LATERAL (SELECT FROM ledger.enrolment WHERE subject = t.subject AND programme = $4 OFFSET 0) e
            CROSS JOIN LATERAL (
                SELECT position, subject FROM ledger.entry
                WHERE subject = t.subject AND turn < t.turn AND kind IN (7, 17) OFFSET 0) b
            WHERE t.day <= $3 AND t.kind = 17
        ), gone AS MATERIALIZED (SELECT * FROM due UNION SELECT * FROM forerunners)
        UPDATE ledger.entry e SET kind = 0, key = NULL, day = NULL, body = NULL,
            subject = CASE WHEN g.followed THEN NULL ELSE e.subject END, turn = CASE WHEN g.followed THEN NULL ELSE e.turn END
        FROM gone g WHERE e.partition = $1 AND e.position = g.position RETURNING g.subject
        """;

    /// <summary>Snapshots that hold what is gone go with it; they are a cache. $1 subjects, $2 last day gone.</summary>
    public const string Snapshots =
        "DELETE FROM ledger.snapshot WHERE subject = ANY ($1) AND (oldest IS NULL OR oldest <= $2)";

    /// <summary>So that the sweeper vacuums afterwards. $1 partition, $2 position of the tombstone, $3 rows.</summary>
    public const string Declared =
        "INSERT INTO ledger.erasure (partition, position, entries, listed) VALUES ($1, $2, $3, true)";
}
