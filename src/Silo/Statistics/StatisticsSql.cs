using Scoring.Ledger;

namespace Scoring.Statistics;

/// <summary>
/// The statements of statistics. Those that read take no lock: the month that they count is over, and they decide nothing.
/// </summary>
internal static class StatisticsSql
{
    /// <summary>The document of a month. No lock. $1 programme, $2 the month's first day.</summary>
    public const string Find = "SELECT document FROM ledger.statistics WHERE programme = $1 AND month = $2";

    /// <summary>The first days of the months that have a document. No lock. $1 programme.</summary>
    public const string Made = "SELECT month FROM ledger.statistics WHERE programme = $1 ORDER BY month";

    /// <summary>
    /// Stores a document. $1 programme, $2 first day, $3 document, $4 day. Locks its own new row. Unlike for entries, a conflict is no
    /// defect: two silos may count the same month when one loses its advisory lock, and then the first document stays.
    /// </summary>
    public const string Keep = """
        INSERT INTO ledger.statistics (programme, month, document, made_on) VALUES ($1, $2, $3, $4)
        ON CONFLICT (programme, month) DO NOTHING
        """;

    /// <summary>The last committed positions, by partition. No lock.</summary>
    public const string Positions = "SELECT position FROM ledger.head WHERE partition >= 0 ORDER BY partition";

    /// <summary>The position up to which a programme's entries have expired. No lock. $1 partition, $2 programme.</summary>
    public const string Expired = "SELECT position FROM ledger.expiry WHERE partition = $1 AND programme = $2";

    /// <summary>The first row with a day in a short run of positions. No lock. $1 partition, $2 first position, $3 last position.</summary>
    public const string DayAt = """
        SELECT position, day FROM ledger.entry
        WHERE partition = $1 AND position >= $2 AND position <= $3 AND day IS NOT NULL ORDER BY position LIMIT 1
        """;

    /// <summary>
    /// Counts a run of positions. No lock. $1 partition, $2 position before it, $3 last position, $4 programme, $5 and $6 the month's first
    /// and last day, $7 the day at whose beginning outcomes are read, $8 a day after which no later row belongs to the month, $9 salt. The
    /// outcome of a contest is read from the entries after its opening. Returns whether it is a contest, name, count, and up to 20 salted
    /// hashes of subjects. The row without a name counts the entries after day $8.
    /// </summary>
    public static readonly string Count = $"""
        WITH run AS MATERIALIZED (
            SELECT subject, turn, kind, day, body FROM ledger.entry WHERE partition = $1 AND position > $2 AND position <= $3
        ), ours AS MATERIALIZED (
            SELECT r.subject, r.turn, r.kind, convert_from(r.body, 'UTF8')::json AS body FROM run r
            CROSS JOIN LATERAL (SELECT FROM ledger.enrolment WHERE subject = r.subject AND programme = $4 OFFSET 0) e
            WHERE r.kind IN ({EntryKindSql.Event}, {EntryKindSql.ContestOpened}) AND r.day BETWEEN $5 AND $6
        ), named AS MATERIALIZED (
            SELECT false AS is_contest, body ->> 'type' AS name, subject FROM ours WHERE kind = {EntryKindSql.Event}
            UNION ALL
            SELECT true, CASE
                    WHEN s.role = 'platform' THEN 'undecidedInTime' WHEN s.upheld THEN 'upheld' WHEN NOT s.upheld THEN 'rejected'
                    WHEN coalesce(s.due, (o.body ->> 'dueDay')::date) < $7 THEN 'undecidedInTime' ELSE 'open' END,
                o.subject
            FROM ours o
            CROSS JOIN LATERAL (
                SELECT max((l.body ->> 'dueDay')::date) AS due, bool_or((l.body ->> 'upheld')::boolean) AS upheld,
                    max(l.body ->> 'by') AS role
                FROM (
                    SELECT convert_from(body, 'UTF8')::json AS body FROM ledger.entry
                    WHERE subject = o.subject AND turn > o.turn
                        AND kind IN ({EntryKindSql.ContestDecided}, {EntryKindSql.ContestExtended}) AND day < $7 OFFSET 0) l
                WHERE l.body ->> 'turn' = o.body ->> 'turn') s
            WHERE o.kind = {EntryKindSql.ContestOpened}
        )
        SELECT is_contest, name, count(*), (array_agg(DISTINCT substr(sha256($9 || int8send(subject)), 1, 8)))[1:20]
        FROM named GROUP BY is_contest, name
        UNION ALL
        SELECT false, NULL, count(*), NULL FROM run WHERE day > $8
        """;
}
