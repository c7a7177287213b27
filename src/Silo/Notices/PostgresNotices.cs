using Npgsql;
using NpgsqlTypes;
using Scoring.Administration;
using Scoring.Ledger;
using Scoring.Programmes;
using Scoring.Storage;
using Scoring.Subjects;

namespace Scoring.Notices;

/// <summary>
/// Reads from PostgreSQL what notices show. No statement takes a lock: turns and numbers are gapless, so a later read finds what an earlier
/// one missed.
/// </summary>
internal sealed class PostgresNotices(LedgerDatabase database, ILogger<PostgresNotices> log) : INoticeLedger
{
    private const int CountMax = 1000;

    /// <summary>
    /// A subject's last turn and its entries after a turn, ascending. No lock. $1 subject, $2 turn, $3 count. A withdrawn subject has no
    /// row in the same snapshot, so nothing of it is read from its fence on. A row that has expired and still holds its turn is no entry
    /// any more: the history ends at its turn, and nothing is shown of it.
    /// </summary>
    internal static readonly string EntriesAfterTurn = $"""
        SELECT s.last, e.* FROM ({LastTurn}) s LEFT JOIN LATERAL (
            SELECT {Columns} FROM ledger.entry
            WHERE subject = $1 AND turn > $2 AND kind <> {EntryKindSql.Erased} ORDER BY turn LIMIT $3) e ON true
        ORDER BY e.turn
        """;

    /// <summary>As <see cref="EntriesAfterTurn"/>, for entries below a turn, descending. No lock.</summary>
    internal static readonly string EntriesBelowTurn = $"""
        SELECT s.last, e.* FROM ({LastTurn}) s LEFT JOIN LATERAL (
            SELECT {Columns} FROM ledger.entry
            WHERE subject = $1 AND turn < $2 AND kind <> {EntryKindSql.Erased} ORDER BY turn DESC LIMIT $3) e ON true
        ORDER BY e.turn DESC
        """;

    /// <summary>
    /// The last number of an action, and the actions after a number from a day on, ascending: those of a programme and those without one.
    /// No lock. $1 programme, $2 day, $3 number, $4 count. It reads two ordered runs of the index, each at most $4 long.
    /// </summary>
    internal const string ActsAfterNumber = $"""
        SELECT s.last, a.* FROM ({Newest}) s LEFT JOIN LATERAL (
            (SELECT {ActColumns} FROM ledger.act a {Body} WHERE a.programme = $1 AND a.number > $3 AND e.day >= $2
                ORDER BY a.number LIMIT $4)
            UNION ALL
            (SELECT {ActColumns} FROM ledger.act a {Body} WHERE a.programme IS NULL AND a.number > $3 AND e.day >= $2
                ORDER BY a.number LIMIT $4)
            ORDER BY number LIMIT $4) a ON true
        ORDER BY a.number
        """;

    /// <summary>As <see cref="ActsAfterNumber"/>, for actions below a number, descending. No lock.</summary>
    internal const string ActsBelowNumber = $"""
        SELECT s.last, a.* FROM ({Newest}) s LEFT JOIN LATERAL (
            (SELECT {ActColumns} FROM ledger.act a {Body} WHERE a.programme = $1 AND a.number < $3 AND e.day >= $2
                ORDER BY a.number DESC LIMIT $4)
            UNION ALL
            (SELECT {ActColumns} FROM ledger.act a {Body} WHERE a.programme IS NULL AND a.number < $3 AND e.day >= $2
                ORDER BY a.number DESC LIMIT $4)
            ORDER BY number DESC LIMIT $4) a ON true
        ORDER BY a.number DESC
        """;

    /// <summary>
    /// The last turn of each enrolled subject, and the last number of an action under subject 0, which no subject has. One probe for each.
    /// No lock. $1 subjects.
    /// </summary>
    internal const string Reaches = $"""
        SELECT 0::bigint, ({NewestNumber})
        UNION ALL
        SELECT s.subject, coalesce((SELECT turn FROM ledger.entry WHERE subject = s.subject ORDER BY turn DESC LIMIT 1), 0)
        FROM unnest($1) AS i (subject)
        CROSS JOIN LATERAL (SELECT subject FROM ledger.enrolment WHERE subject = i.subject OFFSET 0) s
        """;

    /// <summary>A part of statements: the columns of an entry.</summary>
    private const string Columns = "partition, position, subject, turn, kind, day, coalesce(body, '') AS body";

    /// <summary>A part of statements: the columns of an action.</summary>
    private const string ActColumns = "a.number, a.position, e.body";

    /// <summary>A part of statements: the last turn of an enrolled subject.</summary>
    private const string LastTurn = """
        SELECT coalesce((SELECT turn FROM ledger.entry WHERE subject = $1 ORDER BY turn DESC LIMIT 1), 0) AS last
        FROM ledger.enrolment WHERE subject = $1
        """;

    /// <summary>A part of statements: the last number of an action.</summary>
    private const string NewestNumber = "SELECT coalesce((SELECT number FROM ledger.act ORDER BY number DESC LIMIT 1), 0)";

    /// <summary>A part of statements: the same as a row.</summary>
    private const string Newest = $"SELECT ({NewestNumber}) AS last";

    /// <summary>A part of statements: day and body of an action's entry.</summary>
    private const string Body =
        "CROSS JOIN LATERAL (SELECT day, body FROM ledger.entry WHERE partition = 0 AND position = a.position OFFSET 0) e";

    public Task<EntryRun?> EntriesAfter(SubjectId subject, long turn, int count, CancellationToken cancellationToken) =>
        PostgresErrors.Try(() => Entries(EntriesAfterTurn, subject, turn, count, cancellationToken), log);

    public Task<EntryRun?> EntriesBelow(SubjectId subject, long turn, int count, CancellationToken cancellationToken) =>
        PostgresErrors.Try(() => Entries(EntriesBelowTurn, subject, turn, count, cancellationToken), log);

    public Task<ActRun> ActsAfter(ProgrammeId programme, DateOnly since, long number, int count, CancellationToken cancellationToken) =>
        PostgresErrors.Try(() => Acts(ActsAfterNumber, programme, since, number, count, cancellationToken), log);

    public Task<ActRun> ActsBelow(ProgrammeId programme, DateOnly since, long number, int count, CancellationToken cancellationToken) =>
        PostgresErrors.Try(() => Acts(ActsBelowNumber, programme, since, number, count, cancellationToken), log);

    public Task<Reach> ReadReach(IReadOnlyCollection<SubjectId> subjects, CancellationToken cancellationToken) => PostgresErrors.Try(
        async () =>
        {
            var turns = new Dictionary<SubjectId, long>();
            var lastAct = 0L;
            await using var command = Sql.Command(
                database.Readers, Reaches, (subjects.Select(subject => subject.Value).ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Bigint));
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            while (await reader.ReadAsync(cancellationToken))
            {
                if (reader.GetInt64(0) == 0) lastAct = reader.GetInt64(1);
                else turns[new SubjectId(reader.GetInt64(0))] = reader.GetInt64(1);
            }
            return new Reach(lastAct, turns);
        },
        log);

    private async Task<EntryRun?> Entries(string sql, SubjectId subject, long turn, int count, CancellationToken cancellationToken)
    {
        long? last = null;
        var entries = new List<Entry>();
        await using var command = Sql.Command(
            database.Readers, sql, (subject.Value, NpgsqlDbType.Bigint), (turn, NpgsqlDbType.Bigint),
            (Math.Min(count, CountMax), NpgsqlDbType.Integer));
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            last = reader.GetInt64(0);
            if (reader.IsDBNull(4)) continue;
            entries.Add(new Entry(
                reader.GetInt16(1), reader.GetInt64(2), subject, reader.GetInt64(4), (EntryKind)reader.GetInt16(5),
                reader.GetFieldValue<DateOnly>(6), reader.GetFieldValue<byte[]>(7)));
        }
        return last is { } lastTurn ? new EntryRun(lastTurn, entries) : null;
    }

    private async Task<ActRun> Acts(
        string sql, ProgrammeId programme, DateOnly since, long number, int count, CancellationToken cancellationToken)
    {
        var last = 0L;
        var acts = new List<(RecordedAdminAction, byte[])>();
        await using var command = Sql.Command(
            database.Readers, sql, (programme.Value, NpgsqlDbType.Text), (since, NpgsqlDbType.Date), (number, NpgsqlDbType.Bigint),
            (Math.Min(count, CountMax), NpgsqlDbType.Integer));
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            last = reader.GetInt64(0);
            if (reader.IsDBNull(1)) continue;
            var body = reader.GetFieldValue<byte[]>(3);
            acts.Add((AdminActionBody.Read(reader.GetInt64(1), reader.GetInt64(2), body), body));
        }
        return new ActRun(last, acts);
    }
}
