namespace Scoring.Metrics;

/// <summary>The statements by which a silo sees what waits. They take no lock, and none of them is about one subject.</summary>
internal static class BacklogSql
{
    /// <summary>
    /// The open erasures, each by the place and the day of its tombstone. No lock. The index on subjects holds only these as rows with a
    /// subject. $1 greatest number.
    /// </summary>
    public const string OpenErasures = """
        SELECT x.partition, x.position, t.day FROM (
            SELECT partition, position FROM ledger.erasure WHERE subject IS NOT NULL ORDER BY subject LIMIT $1) x
        LEFT JOIN LATERAL (
            SELECT day FROM ledger.entry WHERE partition = x.partition AND position = x.position OFFSET 0) t ON true
        """;

    /// <summary>The number of undecided contests that were due before a day. No lock. $1 day, $2 greatest number.</summary>
    public const string OverdueContests = """
        SELECT count(*) FROM (
            SELECT FROM ledger.contest WHERE upheld IS NULL AND (due, number) < ($1, 0) ORDER BY due, number LIMIT $2) c
        """;

    /// <summary>When the newest checkpoint was made, by the machine's clock, and its note. No lock: checkpoints never change.</summary>
    public const string NewestCheckpoint = "SELECT made_at, note FROM ledger.checkpoint ORDER BY number DESC LIMIT 1";
}
