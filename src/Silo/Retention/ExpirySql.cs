using Scoring.Ledger;

namespace Scoring.Retention;

/// <summary>The statements that expire entries.</summary>
internal static class ExpirySql
{
    /// <summary>A part of statements: the kinds that are not due by their day: erased rows and consents.</summary>
    private static readonly string NeverDue = $"{EntryKindSql.Erased}, {EntryKindSql.Enrolled}, {EntryKindSql.ConsentRenewed}";

    /// <summary>
    /// The place that a partition's walk for a programme has reached. $1 partition, $2 programme. No lock: a walk may read rows again.
    /// </summary>
    public const string Place = "SELECT position, reached, day FROM ledger.expiry WHERE partition = $1 AND programme = $2";

    /// <summary>
    /// Stores that place. $1 partition, $2 programme, $3 position, $4 reached or null, $5 last expired day. Locks its own row, so that the
    /// last of several walks wins as a whole.
    /// </summary>
    public const string StorePlace = """
        INSERT INTO ledger.expiry (partition, programme, position, reached, day) VALUES ($1, $2, $3, $4, $5)
        ON CONFLICT (partition, programme) DO UPDATE
            SET position = excluded.position, reached = excluded.reached, day = excluded.day
        """;

    /// <summary>
    /// Reads a run of positions. $1 partition, $2 position before it, $3 rows, $4 programme, $5 last expired day, $6 a day after which no
    /// later row can be due. Returns the number of rows and the last position, the first position after that day, the first position of the
    /// programme that is kept, the positions that are due, and those of renewed consents that are due. No lock: it decides nothing, and
    /// <see cref="Clear"/> decides again. An erased row or a consent is never due by its day alone.
    /// </summary>
    public static readonly string Run = $$"""
        WITH run AS MATERIALIZED (
            SELECT position, subject, kind, day FROM ledger.entry WHERE partition = $1 AND position > $2 ORDER BY position LIMIT $3
        ), seen AS MATERIALIZED (
            SELECT r.position, r.kind, r.day, e.subject IS NOT NULL AS ours FROM run r
            LEFT JOIN LATERAL (SELECT subject FROM ledger.enrolment WHERE subject = r.subject AND programme = $4 OFFSET 0) e ON true
        )
        SELECT count(*), max(position), min(position) FILTER (WHERE day > $6),
            min(position) FILTER (WHERE ours AND day > $5),
            coalesce(array_agg(position ORDER BY position)
                FILTER (WHERE ours AND day <= $5 AND kind NOT IN ({{NeverDue}})), '{}'),
            coalesce(array_agg(position ORDER BY position)
                FILTER (WHERE ours AND day <= $5 AND kind = {{EntryKindSql.ConsentRenewed}}), '{}')
        FROM seen
        """;

    /// <summary>
    /// Clears what is due. $1 partition, $2 positions, $3 last expired day, $4 programme, $5 positions of renewed consents, which make the
    /// consents before them due. Runs under the partition's lock, so that no row is appended or declared meanwhile, and locks the rows. It
    /// skips subjects that were withdrawn: the withdrawal has declared their rows. A subject's last row keeps only number and turn, from
    /// which the next turn is counted. Returns the subject of each cleared row.
    /// </summary>
    public static readonly string Clear = $"""
        WITH due AS MATERIALIZED (
            SELECT t.position, t.subject,
                EXISTS (SELECT FROM ledger.entry l WHERE l.subject = t.subject AND l.turn > t.turn OFFSET 0) AS followed
            FROM unnest($2) AS i (position)
            CROSS JOIN LATERAL (
                SELECT position, subject, turn, kind, day FROM ledger.entry WHERE partition = $1 AND position = i.position OFFSET 0) t
            CROSS JOIN LATERAL (SELECT FROM ledger.enrolment WHERE subject = t.subject AND programme = $4 OFFSET 0) e
            WHERE t.day <= $3 AND t.kind NOT IN ({NeverDue})
        ), forerunners AS MATERIALIZED (
            SELECT b.position, b.subject, true AS followed FROM unnest($5) AS i (position)
            CROSS JOIN LATERAL (
                SELECT subject, turn, kind, day FROM ledger.entry WHERE partition = $1 AND position = i.position OFFSET 0) t
            CROSS JOIN LATERAL (SELECT FROM ledger.enrolment WHERE subject = t.subject AND programme = $4 OFFSET 0) e
            CROSS JOIN LATERAL (
                SELECT position, subject FROM ledger.entry
                WHERE subject = t.subject AND turn < t.turn AND kind IN ({EntryKindSql.Enrolled}, {EntryKindSql.ConsentRenewed}) OFFSET 0) b
            WHERE t.day <= $3 AND t.kind = {EntryKindSql.ConsentRenewed}
        ), gone AS MATERIALIZED (SELECT * FROM due UNION SELECT * FROM forerunners)
        UPDATE ledger.entry e SET kind = {EntryKindSql.Erased}, key = NULL, day = NULL, body = NULL,
            subject = CASE WHEN g.followed THEN NULL ELSE e.subject END, turn = CASE WHEN g.followed THEN NULL ELSE e.turn END
        FROM gone g WHERE e.partition = $1 AND e.position = g.position RETURNING g.subject
        """;

    /// <summary>
    /// Deletes snapshots that hold expired entries; they are a cache. Runs under the partition's lock and locks the rows. $1 subjects, $2
    /// last expired day.
    /// </summary>
    public const string DeleteSnapshots =
        "DELETE FROM ledger.snapshot WHERE subject = ANY ($1) AND (oldest IS NULL OR oldest <= $2)";

    /// <summary>
    /// Deletes notes of expired entries that no fold could value. Runs under the partition's lock and locks the rows. $1 subjects, $2 last
    /// expired day.
    /// </summary>
    public const string DeleteNotes = "DELETE FROM ledger.set_aside WHERE subject = ANY ($1) AND day <= $2";

    /// <summary>
    /// Stores a finished erasure, so that the sweeper vacuums. Runs under the partition's lock and locks its own new row. $1 partition, $2
    /// position of the tombstone, $3 rows.
    /// </summary>
    public const string InsertErasure =
        "INSERT INTO ledger.erasure (partition, position, entries, listed) VALUES ($1, $2, $3, true)";
}
