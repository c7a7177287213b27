namespace Scoring.Ledger;

/// <summary>
/// The only statements that write entries. They run in one transaction after <see cref="LockPartitions"/>, each with a new snapshot, and
/// trust nothing read before. OFFSET 0 and MATERIALIZED hold the plan: whatever the statistics say, every table is entered by the index
/// that answers, a row at a time.
/// </summary>
internal static class EntrySql
{
    /// <summary>
    /// The one lock and its one order: every writer of entries takes the rows of the partitions concerned, ascending, and nothing else
    /// here, because a statement that waits keeps its old snapshot. $1 smallint[]. The positions are those under the lock.
    /// </summary>
    public const string LockPartitions =
        "SELECT partition, position FROM ledger.head WHERE partition = ANY ($1) ORDER BY partition FOR UPDATE";

    /// <summary>
    /// Who links handles takes these before the partitions, ascending: a handle that nobody has is in no partition, so that no other lock
    /// keeps two from linking it at once. $1 bigint[], the first 8 bytes of the handles' hashes, ascending.
    /// </summary>
    public const string LockHandles = "SELECT count(pg_advisory_xact_lock(key)) FROM unnest($1) AS key";

    /// <summary>A flush that resolves nobody writes to the log like any other.</summary>
    public const string Pulse = "SELECT pg_logical_emit_message(true, 'scoring', '')";

    /// <summary>Which partitions events concern: a hint, taken without a lock, that decides nothing. $1 bytea[].</summary>
    public const string HandleHints = """
        SELECT i.n::integer, h.partition FROM unnest($1) WITH ORDINALITY AS i (hash, n)
        CROSS JOIN LATERAL (SELECT partition FROM ledger.handle WHERE hash = i.hash OFFSET 0) h
        """;

    /// <summary>The same for grants. $1 bytea[].</summary>
    public const string GrantHints = """
        SELECT i.n::integer, e.partition FROM unnest($1) WITH ORDINALITY AS i (hash, n)
        CROSS JOIN LATERAL (SELECT subject FROM ledger.grant_ WHERE hash = i.hash OFFSET 0) g
        CROSS JOIN LATERAL (SELECT partition FROM ledger.enrolment WHERE subject = g.subject OFFSET 0) e
        """;

    /// <summary>The layout of <see cref="Ledger.Leaf"/>, over the columns of <c>numbered</c>.</summary>
    public const string Leaf = """
        sha256('\x00'::bytea || sha256(ledger_key || int8send(turn))
            || substring(int2send(kind) FROM 2) || int4send(day - date '2000-01-01') || uuid_send(key) || body
            || int8send(subject) || int4send(partition) || int8send(position) || int8send(turn))
        """;

    /// <summary>
    /// Numbers, hashes and inserts what <c>decided</c> (n, subject, partition, ledger_key, kind, key, day, body) holds, and advances the
    /// heads. Partitions are numbered from 0 without a gap. One sort serves both numbers and lays a subject's rows side by side. A
    /// conflict here is a defect: it throws.
    /// </summary>
    private const string NumberAndInsert = $"""
        heads AS MATERIALIZED (
            SELECT array_agg(position ORDER BY partition) AS positions FROM ledger.head WHERE partition >= 0
        ), numbered AS MATERIALIZED (
            SELECT d.*,
                (SELECT positions FROM heads)[d.partition + 1]
                    + row_number() OVER (PARTITION BY d.partition ORDER BY d.subject, d.n) AS position,
                coalesce((SELECT l.turn FROM ledger.entry l WHERE l.subject = d.subject ORDER BY l.turn DESC LIMIT 1), 0)
                    + row_number() OVER (PARTITION BY d.partition, d.subject ORDER BY d.n) AS turn
            FROM decided d
        ), inserted AS (
            INSERT INTO ledger.entry (partition, position, subject, turn, kind, day, key, body, leaf)
            SELECT partition, position, subject, turn, kind, day, key, body, {Leaf} FROM numbered
        ), advanced AS (
            UPDATE ledger.head h SET position = c.position
            FROM (SELECT partition, max(position) AS position FROM numbered GROUP BY partition) c
            WHERE h.partition = c.partition RETURNING h.partition, h.position
        )
        """;

    private const string NotStopped = "ALL (ARRAY(SELECT id FROM ledger.programme WHERE suspended OR ended))";

    /// <summary>
    /// Whether the consent of <c>h</c> (programme, consented) covers the entry's day, over <c>i.day</c>. While no version widens, the first
    /// half answers once for the whole statement.
    /// </summary>
    private const string Consented = """
        (NOT EXISTS (SELECT FROM ledger.widening) OR NOT EXISTS (
            SELECT FROM ledger.widening w
            WHERE w.programme = h.programme AND w.number > h.consented AND w.first_day <= i.day OFFSET 0))
        """;

    private const string KeyIsNew =
        "NOT EXISTS (SELECT FROM ledger.entry k WHERE k.subject = r.subject AND k.key = r.key OFFSET 0)";

    /// <summary>
    /// Appends events. $1 locked partitions, then arrays of equal length: $2 handle hashes, $3 keys, $4 instants, $5 days, $6 bodies. No
    /// key may stand twice in $3. Returns (partition, position) of advanced heads, and (null, n) of events whose handle has moved to a
    /// partition not locked.
    /// </summary>
    public const string Events = $"""
        WITH {ResolveEvents}, decided AS (
            SELECT n, subject, partition, ledger_key, 1::smallint AS kind, key, day, body FROM resolved r
            WHERE partition = ANY ($1) AND counts AND {KeyIsNew}
        ), {NumberAndInsert} {HeadsAndStrays}
        """;

    /// <summary>As <see cref="Events"/>, for flushes in which a key stands more than once: the first that counts stands.</summary>
    public const string EventsWithRepeats = $"""
        WITH {ResolveEvents}, decided AS MATERIALIZED (
            SELECT DISTINCT ON (subject, key) n, subject, partition, ledger_key, 1::smallint AS kind, key, day, body FROM resolved r
            WHERE partition = ANY ($1) AND counts AND {KeyIsNew} ORDER BY subject, key, n
        ), {NumberAndInsert} {HeadsAndStrays}
        """;

    private const string ResolveEvents = $"""
        resolved AS MATERIALIZED (
            SELECT i.n, h.subject, h.partition, h.ledger_key, i.key, i.day, i.body,
                i.instant >= h.started_at AND NOT h.restricted AND h.programme <> {NotStopped} AND {Consented} AS counts
            FROM unnest($2, $3, $4, $5, $6) WITH ORDINALITY AS i (hash, key, instant, day, body, n)
            CROSS JOIN LATERAL (
                SELECT subject, partition, ledger_key, started_at, restricted, programme, consented
                FROM ledger.handle WHERE hash = i.hash OFFSET 0) h
        )
        """;

    private const string HeadsAndStrays = """
        SELECT partition::integer, position FROM advanced
        UNION ALL SELECT NULL, n FROM resolved WHERE partition <> ALL ($1)
        """;

    /// <summary>
    /// Appends queries. $1 locked partitions, then arrays: $2 grant hashes, $3 keys, $4 instants, $5 days, $6 prefixes, $7 suffixes.
    /// Returns (n, partition, subject, kind, turn, day, head): turn is null for a grant whose subject is not among the locked partitions,
    /// head is null when the entry was there before. A grant that leads nowhere has no row. Nor has one that is used up, unless its entry
    /// was there before: a use is a new entry, taken off in this statement; who comes first in the flush gets what is left.
    /// </summary>
    public const string Queries = $"""
        WITH resolved AS MATERIALIZED (
            SELECT i.n, h.subject, h.partition, h.ledger_key, h.kind AS subject_kind, i.key, i.day, i.hash, g.uses_left,
                i.prefix || convert_to(g.id, 'UTF8') || i.suffix AS body,
                i.at >= g.since AND (g.until IS NULL OR i.at < g.until) AND NOT h.restricted AND h.programme <> {NotStopped}
                    AND {Consented} AS counts
            FROM unnest($2, $3, $4, $5, $6, $7) WITH ORDINALITY AS i (hash, key, at, day, prefix, suffix, n)
            CROSS JOIN LATERAL (SELECT subject, since, until, id, uses_left FROM ledger.grant_ WHERE hash = i.hash OFFSET 0) g
            CROSS JOIN LATERAL (
                SELECT subject, partition, ledger_key, kind, restricted, programme, consented
                FROM ledger.enrolment WHERE subject = g.subject OFFSET 0) h
        ), fresh AS MATERIALIZED (
            SELECT DISTINCT ON (subject, key) n, subject, partition, ledger_key, key, day, body, hash, uses_left FROM resolved r
            WHERE partition = ANY ($1) AND counts AND {KeyIsNew} ORDER BY subject, key, n
        ), decided AS MATERIALIZED (
            SELECT n, subject, partition, ledger_key, 2::smallint AS kind, key, day, body, hash, uses_left
            FROM (SELECT f.*, row_number() OVER (PARTITION BY hash ORDER BY n) AS use FROM fresh f) f
            WHERE uses_left IS NULL OR use <= uses_left
        ), used AS (
            UPDATE ledger.grant_ g SET uses_left = uses_left - (SELECT count(*) FROM decided d WHERE d.hash = g.hash)
            WHERE hash = ANY (ARRAY(SELECT hash FROM decided WHERE uses_left IS NOT NULL))
        ), {NumberAndInsert}
        SELECT r.n::integer, r.partition, r.subject, r.subject_kind,
            coalesce(new.turn, old.turn), coalesce(new.day, old.day), a.position
        FROM resolved r
        LEFT JOIN LATERAL (
            SELECT turn, day, partition FROM numbered WHERE subject = r.subject AND key = r.key OFFSET 0) new ON true
        LEFT JOIN LATERAL (
            SELECT turn, day FROM ledger.entry k WHERE k.subject = r.subject AND k.key = r.key AND r.partition = ANY ($1)
            OFFSET 0) old ON true
        LEFT JOIN LATERAL (SELECT position FROM advanced WHERE partition = new.partition OFFSET 0) a ON true
        WHERE r.partition <> ALL ($1) OR (r.counts AND coalesce(new.turn, old.turn) IS NOT NULL)
        """;

    /// <summary>
    /// Appends entries of subjects known by number, all in locked partitions. Arrays: $1 subjects, $2 kinds, $3 keys, $4 days, $5 bodies.
    /// Returns (partition, position) of advanced heads.
    /// </summary>
    public const string Known = $"""
        WITH decided AS MATERIALIZED (
            SELECT i.n, e.subject, e.partition, e.ledger_key, i.kind, i.key, i.day, i.body
            FROM unnest($1, $2, $3, $4, $5) WITH ORDINALITY AS i (subject, kind, key, day, body, n)
            CROSS JOIN LATERAL (SELECT subject, partition, ledger_key FROM ledger.enrolment WHERE subject = i.subject OFFSET 0) e
        ), {NumberAndInsert}
        SELECT partition::integer, position FROM advanced
        """;

    /// <summary>
    /// Appends a public entry without subject: a withdrawal's tombstone, an administrative act. $1 partition (locked), $2 day, $3 body,
    /// $4 nonce and $5 key of zeros, $6 kind. Returns (partition, position).
    /// </summary>
    public const string Public = """
        WITH advanced AS (
            UPDATE ledger.head SET position = position + 1 WHERE partition = $1 RETURNING partition, position
        ), inserted AS (
            INSERT INTO ledger.entry (partition, position, kind, day, body, leaf)
            SELECT partition, position, $6, $2, $3, sha256('\x00'::bytea || $4 || substring(int2send($6) FROM 2)
                || int4send($2 - date '2000-01-01') || uuid_send($5) || $3 || int8send(0) || int4send(partition)
                || int8send(position) || int8send(0))
            FROM advanced
        )
        SELECT partition::integer, position FROM advanced
        """;
}
