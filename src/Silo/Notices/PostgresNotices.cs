using Npgsql;
using NpgsqlTypes;
using Scoring.Administration;
using Scoring.Ledger;
using Scoring.Programmes;
using Scoring.Storage;
using Scoring.Subjects;

namespace Scoring.Notices;

/// <summary>What notices read of the ledger, in PostgreSQL. No statement takes a lock.</summary>
internal sealed class PostgresNotices(LedgerDatabase database, ILogger<PostgresNotices> log) : INoticeLedger
{
    private const int CountMax = 1000;

    // Who has left has no row here, in the same snapshot in which the entries are looked for: from the fence on there are none.
    internal const string EntriesAfterTurn = $"""
        SELECT s.last, e.* FROM ({Living}) s LEFT JOIN LATERAL (
            SELECT {Columns} FROM ledger.entry WHERE subject = $1 AND turn > $2 ORDER BY turn LIMIT $3) e ON true
        ORDER BY e.turn
        """;

    internal const string EntriesBelowTurn = $"""
        SELECT s.last, e.* FROM ({Living}) s LEFT JOIN LATERAL (
            SELECT {Columns} FROM ledger.entry WHERE subject = $1 AND turn < $2 ORDER BY turn DESC LIMIT $3) e ON true
        ORDER BY e.turn DESC
        """;

    // Two ordered runs of the index, a programme's and everybody's, each no longer than what is asked for.
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

    // One probe a subject, and one for the acts, which stand under the number that no subject has.
    internal const string Reaches = $"""
        SELECT 0::bigint, ({NewestNumber})
        UNION ALL
        SELECT s.subject, coalesce((SELECT turn FROM ledger.entry WHERE subject = s.subject ORDER BY turn DESC LIMIT 1), 0)
        FROM unnest($1) AS i (subject)
        CROSS JOIN LATERAL (SELECT subject FROM ledger.enrolment WHERE subject = i.subject OFFSET 0) s
        """;

    private const string Columns =
        "partition, position, subject, turn, kind, coalesce(day, date '2000-01-01') AS day, coalesce(body, '') AS body";

    private const string ActColumns = "a.number, a.position, e.body";

    private const string Living = """
        SELECT coalesce((SELECT turn FROM ledger.entry WHERE subject = $1 ORDER BY turn DESC LIMIT 1), 0) AS last
        FROM ledger.enrolment WHERE subject = $1
        """;

    private const string NewestNumber = "SELECT coalesce((SELECT number FROM ledger.act ORDER BY number DESC LIMIT 1), 0)";

    private const string Newest = $"SELECT ({NewestNumber}) AS last";

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
        return last is { } turnOfAll ? new EntryRun(turnOfAll, entries) : null;
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
