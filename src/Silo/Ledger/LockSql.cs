namespace Scoring.Ledger;

/// <summary>The statements that come before a write of entries: the locks in their one order, and the hints at what to lock.</summary>
internal static class LockSql
{
    /// <summary>
    /// Locks the heads of partitions: row locks (FOR UPDATE) in ascending order, so that no two writers wait for each other. Every writer
    /// of entries takes them first and does nothing else in this statement, because a statement that waits for a lock keeps its old
    /// snapshot. $1 smallint[]. Returns (partition, position) as they are under the lock.
    /// </summary>
    public const string LockPartitions =
        "SELECT partition, position FROM ledger.head WHERE partition = ANY ($1) ORDER BY partition FOR UPDATE";

    /// <summary>The last position of a partition. Takes no lock: the caller holds the partition's. $1 partition.</summary>
    public const string Head = "SELECT position FROM ledger.head WHERE partition = $1";

    /// <summary>
    /// Locks handles: advisory locks that end with the transaction, taken before those of the partitions, in ascending order. A handle that
    /// is not linked is in no partition, so no other lock keeps two transactions from linking it concurrently. $1 bigint[], the first 8
    /// bytes of the handles' hashes, ascending.
    /// </summary>
    public const string LockHandles = "SELECT count(pg_advisory_xact_lock(key)) FROM unnest($1) AS key";

    /// <summary>
    /// Locks a partition's bodies against expiry: a shared advisory lock that ends with the transaction, taken before the partition's lock.
    /// Under it a withdrawal counts without holding the partition's lock. $1 partition.
    /// </summary>
    public const string KeepBodies = "SELECT pg_advisory_xact_lock_shared(7, $1)";

    /// <summary>
    /// Locks a partition's bodies for expiry: an exclusive advisory lock that ends with the transaction, taken before the partition's lock.
    /// Appends do not take it, so they never wait for it. $1 partition.
    /// </summary>
    public const string ExpireBodies = "SELECT pg_advisory_xact_lock(7, $1)";

    /// <summary>
    /// Writes an empty message to the write-ahead log, so that a flush without an enrolled subject commits a write like any other. Takes no
    /// lock.
    /// </summary>
    public const string Pulse = "SELECT pg_logical_emit_message(true, 'scoring', '')";

    /// <summary>
    /// The probable partitions of events: a hint that decides nothing, so it takes no lock. $1 bytea[]. Returns (index from 1, partition)
    /// of linked handles.
    /// </summary>
    public const string HandleHints = """
        SELECT i.n::integer, h.partition FROM unnest($1) WITH ORDINALITY AS i (hash, n)
        CROSS JOIN LATERAL (SELECT partition FROM ledger.handle WHERE hash = i.hash OFFSET 0) h
        """;

    /// <summary>
    /// The probable partitions of queries: a hint that decides nothing, so it takes no lock. $1 bytea[]. Returns (index from 1, partition)
    /// of known grants.
    /// </summary>
    public const string GrantHints = """
        SELECT i.n::integer, e.partition FROM unnest($1) WITH ORDINALITY AS i (hash, n)
        CROSS JOIN LATERAL (SELECT subject FROM ledger.grant_ WHERE hash = i.hash OFFSET 0) g
        CROSS JOIN LATERAL (SELECT partition FROM ledger.enrolment WHERE subject = g.subject OFFSET 0) e
        """;
}
