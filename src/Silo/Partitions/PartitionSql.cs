using Scoring.Ledger;

namespace Scoring.Partitions;

/// <summary>The statements of a writer that remembers handles, turns and positions.</summary>
internal static class PartitionSql
{
    /// <summary>
    /// What a writer may remember of linked handles, all of one snapshot: partition, subject, ledger key, start, whether the subject is
    /// unrestricted and its programme not stopped, the first day that its consent does not cover, its last turn, and the partition's
    /// position and version. Takes no lock: <see cref="InsertIfUnchanged"/> proves it. $1 bytea[]. Returns it after the index from 1.
    /// </summary>
    public const string Facts = $"""
        SELECT i.n::integer, h.partition, h.subject, h.ledger_key, h.started_at,
            NOT h.restricted AND h.programme <> {EntrySql.NotStopped},
            (SELECT min(w.first_day) FROM ledger.widening w WHERE w.programme = h.programme AND w.number > h.consented),
            coalesce((SELECT l.turn FROM ledger.entry l WHERE l.subject = h.subject ORDER BY l.turn DESC LIMIT 1), 0),
            d.position, d.version
        FROM unnest($1) WITH ORDINALITY AS i (hash, n)
        CROSS JOIN LATERAL (
            SELECT subject, partition, ledger_key, started_at, restricted, programme, consented
            FROM ledger.handle WHERE hash = i.hash OFFSET 0) h
        CROSS JOIN LATERAL (SELECT position, version FROM ledger.head WHERE partition = h.partition OFFSET 0) d
        """;

    /// <summary>
    /// Inserts events that the writer has numbered and hashed, in those partitions whose position and version are still what it remembers,
    /// and advances their heads. Runs under the lock of the partitions and takes no other. No ON CONFLICT: a repeated key throws. Arrays,
    /// one element for each partition: $1 partitions, $2 positions, $3 versions, $4 new positions; one element for each event: $5
    /// partitions, $6 positions, $7 subjects, $8 turns, $9 days, $10 keys, $11 bodies, $12 leaves. Returns the partitions that were
    /// unchanged.
    /// </summary>
    public static readonly string InsertIfUnchanged = $"""
        WITH unchanged AS MATERIALIZED (
            SELECT e.partition, e.last FROM unnest($1, $2, $3, $4) AS e (partition, position, version, last)
            CROSS JOIN LATERAL (
                SELECT FROM ledger.head d
                WHERE d.partition = e.partition AND d.position = e.position AND d.version = e.version OFFSET 0) d
        ), inserted AS (
            INSERT INTO ledger.entry (partition, position, subject, turn, kind, day, key, body, leaf)
            SELECT i.partition, i.position, i.subject, i.turn, {EntryKindSql.Event}::smallint, i.day, i.key, i.body, i.leaf
            FROM unnest($5, $6, $7, $8, $9, $10, $11, $12) AS i (partition, position, subject, turn, day, key, body, leaf)
            WHERE i.partition = ANY (ARRAY(SELECT partition FROM unchanged))
        ), advanced AS (
            UPDATE ledger.head h SET position = c.last FROM unchanged c WHERE h.partition = c.partition AND h.position <> c.last
        )
        SELECT partition::integer FROM unchanged
        """;

    /// <summary>
    /// What partitions hold after positions: head and version, and the last turn of each subject with an entry there. Runs under the lock
    /// of the partitions and takes no other. Arrays: $1 partitions, $2 positions; $3 the most rows that are read of a partition. Returns
    /// (partition, head, version, subject, turn); without subject and turn when nothing was appended, or more than $3 rows.
    /// </summary>
    public const string CatchUp = """
        SELECT h.partition::integer, h.position, h.version, t.subject, t.turn
        FROM unnest($1, $2) AS f (partition, position)
        CROSS JOIN LATERAL (SELECT partition, position, version FROM ledger.head WHERE partition = f.partition OFFSET 0) h
        LEFT JOIN LATERAL (
            SELECT e.subject, max(e.turn) AS turn FROM ledger.entry e
            WHERE e.partition = f.partition AND e.position > f.position AND h.position - f.position <= $3 AND e.subject IS NOT NULL
            GROUP BY e.subject OFFSET 0) t ON true
        """;
}
