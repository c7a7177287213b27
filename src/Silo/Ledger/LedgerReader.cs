using System.Collections.Immutable;
using Npgsql;
using NpgsqlTypes;
using Scoring.Programmes;
using Scoring.Scores;
using Scoring.Storage;
using Scoring.Subjects;

namespace Scoring.Ledger;

/// <summary>
/// Reads entries, subjects and snapshots, and writes snapshots. No read takes a lock: an entry never changes, except that it is erased.
/// </summary>
internal sealed class LedgerReader(LedgerDatabase database, int countMax)
{
    /// <summary>A part of statements: the columns of an entry in the order that <see cref="Entry"/> reads.</summary>
    private const string Columns = "partition, position, subject, turn, kind, coalesce(day, date '2000-01-01'), coalesce(body, '')";

    /// <summary>A subject's entries after a turn, ascending. No lock. $1 subject, $2 turn, $3 count.</summary>
    private const string AfterTurn =
        $"SELECT {Columns} FROM ledger.entry WHERE subject = $1 AND turn > $2 ORDER BY turn LIMIT $3";

    /// <summary>
    /// A part of statements: the body for a fold. A body that no fold reads is not taken out of its row: a receipt is 11 kB, compressed.
    /// </summary>
    internal static readonly string BodyForFold = $"CASE WHEN kind IN ({
        string.Join(", ", Enum.GetValues<EntryKind>().Where(FoldState.ReadsBody).Select(EntryKindSql.Literal))}) "
        + "THEN coalesce(body, '') ELSE '' END";

    /// <summary>A part of statements: as <see cref="Columns"/>, for a fold.</summary>
    private static readonly string ColumnsForFold =
        $"partition, position, subject, turn, kind, coalesce(day, date '2000-01-01'), {BodyForFold}";

    /// <summary>As <see cref="AfterTurn"/>, for a fold.</summary>
    private static readonly string AfterTurnForFold =
        $"SELECT {ColumnsForFold} FROM ledger.entry WHERE subject = $1 AND turn > $2 ORDER BY turn LIMIT $3";

    /// <summary>
    /// A subject's entries below a turn, descending. No lock. $1 subject, $2 turn, $3 count. The last row of a history may have expired and
    /// still hold its turn; it is no entry any more and is left out.
    /// </summary>
    private static readonly string BelowTurn = $"""
        SELECT {Columns} FROM ledger.entry WHERE subject = $1 AND turn < $2 AND kind <> {EntryKindSql.Erased} ORDER BY turn DESC LIMIT $3
        """;

    /// <summary>
    /// The queries and accesses among a subject's entries below a turn, descending. No lock. $1 subject, $2 turn, $3 count. It follows the
    /// index of turns; entries of other kinds do not leave the database.
    /// </summary>
    internal static readonly string AccessesBelowTurn = $"""
        SELECT {Columns} FROM ledger.entry
        WHERE subject = $1 AND turn < $2 AND kind IN ({EntryKindSql.Queried}, {EntryKindSql.Looked}) ORDER BY turn DESC LIMIT $3
        """;

    /// <summary>A partition's rows after a position, ascending, for folds. No lock. $1 partition, $2 position, $3 count.</summary>
    private static readonly string AfterPosition =
        $"SELECT {ColumnsForFold} FROM ledger.entry WHERE partition = $1 AND position > $2 ORDER BY position LIMIT $3";

    /// <summary>The programme and partition of a subject. No lock. $1 subject.</summary>
    private const string Subject = "SELECT programme, partition FROM ledger.enrolment WHERE subject = $1";

    /// <summary>The snapshot of a subject. No lock: a snapshot is a cache. $1 subject.</summary>
    private const string Snapshot = "SELECT turn, rule_book_hash, fold_version, state FROM ledger.snapshot WHERE subject = $1";

    /// <summary>
    /// Writes a snapshot unless a later one is stored. $1 subject, $2 turn, $3 rule hash, $4 fold version, $5 state, $6 oldest day. Locks
    /// its own row, and by the foreign key shares the enrolment's row: it waits for a withdrawal under way, and is then refused.
    /// </summary>
    private const string KeepSnapshot = """
        INSERT INTO ledger.snapshot AS s (subject, turn, rule_book_hash, fold_version, state, oldest) VALUES ($1, $2, $3, $4, $5, $6)
        ON CONFLICT (subject) DO UPDATE SET turn = excluded.turn, rule_book_hash = excluded.rule_book_hash,
            fold_version = excluded.fold_version, state = excluded.state, oldest = excluded.oldest WHERE s.turn < excluded.turn
        """;

    public async Task<IReadOnlyList<Entry>> ReadSubject(SubjectId subject, long turn, int count, CancellationToken cancellationToken) =>
        await Entries(AfterTurn, subject.Value, turn, count, cancellationToken);

    public async Task<IReadOnlyList<Entry>> ReadForFold(SubjectId subject, long turn, int count, CancellationToken cancellationToken) =>
        await Entries(AfterTurnForFold, subject.Value, turn, count, cancellationToken);

    public async Task<IReadOnlyList<Entry>> ReadSubjectBackwards(
        SubjectId subject, long below, int count, CancellationToken cancellationToken) =>
        await Entries(BelowTurn, subject.Value, below, count, cancellationToken);

    public async Task<IReadOnlyList<Entry>> ReadAccessesBackwards(
        SubjectId subject, long below, int count, CancellationToken cancellationToken) =>
        await Entries(AccessesBelowTurn, subject.Value, below, count, cancellationToken);

    public async Task<LedgerSlice> ReadPartition(int partition, long position, int count, CancellationToken cancellationToken)
    {
        var to = position;
        var entries = ImmutableArray.CreateBuilder<Entry>();
        await using var command = Command(AfterPosition, ((short)partition, NpgsqlDbType.Smallint), position, count);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            to = reader.GetInt64(1);
            if (!reader.IsDBNull(2)) entries.Add(Entry(reader));
        }
        return new LedgerSlice(partition, position, to, entries.ToImmutable());
    }

    public async Task<SubjectRecord?> FindSubject(SubjectId subject, CancellationToken cancellationToken)
    {
        await using var command = Command(Subject, subject);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken)
            ? new SubjectRecord(subject, ProgrammeId.Parse(reader.GetString(0)), reader.GetInt16(1))
            : null;
    }

    public async Task<Snapshot?> ReadSnapshot(SubjectId subject, CancellationToken cancellationToken)
    {
        await using var command = Command(Snapshot, subject);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken)
            ? new Snapshot(reader.GetInt64(0), reader.GetString(1), reader.GetInt32(2), reader.GetFieldValue<byte[]>(3))
            : null;
    }

    public async Task<bool> WriteSnapshot(SubjectId subject, Snapshot snapshot, CancellationToken cancellationToken)
    {
        await using var command = Sql.Command(
            database.Writers, KeepSnapshot, (subject.Value, NpgsqlDbType.Bigint), (snapshot.Turn, NpgsqlDbType.Bigint),
            (snapshot.RuleBookHash, NpgsqlDbType.Text), (snapshot.FoldVersion, NpgsqlDbType.Integer),
            (snapshot.State, NpgsqlDbType.Bytea), ((object?)snapshot.Oldest ?? DBNull.Value, NpgsqlDbType.Date));
        try
        {
            return await command.ExecuteNonQueryAsync(cancellationToken) == 1;
        }
        catch (PostgresException exception) when (exception.SqlState == PostgresErrorCodes.ForeignKeyViolation)
        {
            return false; // the subject was withdrawn, so no snapshot is stored
        }
    }

    private async Task<List<Entry>> Entries(string sql, long subject, long turn, int count, CancellationToken cancellationToken)
    {
        var entries = new List<Entry>();
        await using var command = Command(sql, (subject, NpgsqlDbType.Bigint), turn, count);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken)) entries.Add(Entry(reader));
        return entries;
    }

    private NpgsqlCommand Command(string sql, SubjectId subject) =>
        Sql.Command(database.Readers, sql, (subject.Value, NpgsqlDbType.Bigint));

    private NpgsqlCommand Command(string sql, (object Value, NpgsqlDbType Type) of, long from, int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        return Sql.Command(
            database.Readers, sql, of, (from, NpgsqlDbType.Bigint), (Math.Min(count, countMax), NpgsqlDbType.Integer));
    }

    private static Entry Entry(NpgsqlDataReader reader) => new(
        reader.GetInt16(0), reader.GetInt64(1), new SubjectId(reader.GetInt64(2)), reader.GetInt64(3), (EntryKind)reader.GetInt16(4),
        reader.GetFieldValue<DateOnly>(5), reader.GetFieldValue<byte[]>(6));
}
