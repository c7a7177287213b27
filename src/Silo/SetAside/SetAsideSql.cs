namespace Scoring.SetAside;

/// <summary>
/// The statements on ledger.set_aside and ledger.set_aside_replay. A note is no entry, so it is written without a partition's lock.
/// </summary>
internal static class SetAsideSql
{
    /// <summary>
    /// Stores notes. It shares the rows of their enrolments, as a foreign key does: it waits for a withdrawal under way, and then leaves
    /// the subject out. A known note keeps its number and takes the newer reason. $1 subjects, $2 turns, $3 programmes, $4 kinds, $5 days,
    /// $6 event types, $7 rule sets, $8 faults, $9 rule hashes, $10 fold versions.
    /// </summary>
    public const string Note = """
        INSERT INTO ledger.set_aside AS s
            (subject, turn, programme, kind, day, event_type, rule_set, fault, rules_hash, fold_version)
        SELECT e.subject, n.turn, n.programme, n.kind, n.day, n.event_type, n.rule_set, n.fault, n.rules_hash, n.fold_version
        FROM unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
            AS n (subject, turn, programme, kind, day, event_type, rule_set, fault, rules_hash, fold_version)
        JOIN ledger.enrolment e ON e.subject = n.subject
        ORDER BY e.subject, n.turn FOR KEY SHARE OF e
        ON CONFLICT (subject, turn) DO UPDATE SET fault = excluded.fault, rule_set = excluded.rule_set,
            rules_hash = excluded.rules_hash, fold_version = excluded.fold_version
            WHERE (s.fault, s.rule_set, s.rules_hash, s.fold_version)
                <> (excluded.fault, excluded.rule_set, excluded.rules_hash, excluded.fold_version)
        """;

    /// <summary>The exact counts by reason. No lock. $1 greatest number of rows.</summary>
    public const string Count = """
        SELECT programme, kind, event_type, rule_set, fault, rules_hash, fold_version, count(DISTINCT subject), count(*)
        FROM ledger.set_aside GROUP BY 1, 2, 3, 4, 5, 6, 7 ORDER BY 1, 2, 3, 4, 5, 6, 7 LIMIT $1
        """;

    /// <summary>The number of notes, at most to a number. No lock. $1 number.</summary>
    public const string CountUpTo = "SELECT count(*) FROM (SELECT FROM ledger.set_aside LIMIT $1) s";

    /// <summary>The programmes whose replay is under way. No lock.</summary>
    public const string Replays = "SELECT programme FROM ledger.set_aside_replay ORDER BY programme";

    /// <summary>Requests the replay of the notes of now. It locks its own row; the caller holds partition 0's lock. $1 programme.</summary>
    public const string RequestReplay = """
        INSERT INTO ledger.set_aside_replay (programme, upto)
        SELECT $1, coalesce(max(number), 0) FROM ledger.set_aside WHERE programme = $1
        ON CONFLICT (programme) DO UPDATE SET upto = excluded.upto
        """;

    /// <summary>The next subjects to replay, each once. No lock: a replay may be repeated. $1 number, $2 count of notes.</summary>
    public const string Due = """
        SELECT max(d.number), d.subject, e.kind, d.programme FROM (
            SELECT s.number, s.subject, s.programme FROM ledger.set_aside_replay r
            CROSS JOIN LATERAL (
                SELECT number, subject, programme FROM ledger.set_aside
                WHERE programme = r.programme AND number <= r.upto AND number > $1 ORDER BY number LIMIT $2) s
            ORDER BY s.number LIMIT $2) d
        JOIN ledger.enrolment e ON e.subject = d.subject
        GROUP BY d.subject, e.kind, d.programme ORDER BY 1
        """;

    /// <summary>Deletes a subject's snapshot, which is a cache. It locks the row. $1 subject.</summary>
    public const string DropSnapshot = "DELETE FROM ledger.snapshot WHERE subject = $1";

    /// <summary>Deletes a subject's notes. It locks the rows; new ones follow in the same transaction. $1 subject.</summary>
    public const string DeleteNotes = "DELETE FROM ledger.set_aside WHERE subject = $1";

    /// <summary>
    /// Stores the snapshot of a new fold in place of one that is not later. It shares the enrolment's row, as <see cref="Note"/> does, and
    /// locks its own. $1 subject, $2 turn, $3 rule hash, $4 fold version, $5 state, $6 oldest day.
    /// </summary>
    public const string ReplaceSnapshot = """
        INSERT INTO ledger.snapshot AS s (subject, turn, rule_book_hash, fold_version, state, oldest)
        SELECT e.subject, $2, $3, $4, $5, $6 FROM ledger.enrolment e WHERE e.subject = $1 FOR KEY SHARE OF e
        ON CONFLICT (subject) DO UPDATE SET turn = excluded.turn, rule_book_hash = excluded.rule_book_hash,
            fold_version = excluded.fold_version, state = excluded.state, oldest = excluded.oldest WHERE s.turn <= excluded.turn
        """;

    /// <summary>Ends the replays that have no note left. It locks their rows.</summary>
    public const string EndReplays = """
        DELETE FROM ledger.set_aside_replay r
        WHERE NOT EXISTS (SELECT FROM ledger.set_aside s WHERE s.programme = r.programme AND s.number <= r.upto)
        """;
}
