using Npgsql;
using NpgsqlTypes;
using Scoring.Ledger;
using Scoring.Programmes;
using Scoring.Storage;

namespace Scoring.Subjects;

/// <summary>
/// Reads the histories with which folds start. Like the group commit of the writer, it reads in one statement all subjects that have
/// gathered while the statements before were running. A subject alone does not wait.
/// </summary>
internal sealed class SubjectHistoryReader(LedgerDatabase database, LedgerOptions options, ILogger log) : IAsyncDisposable
{
    /// <summary>
    /// The histories of subjects. Takes no lock; one statement sees one moment, so entries are missing only when they have expired. The
    /// tables are read through an index, a row at a time. $1 subjects, $2 whether from the first entry, $3 counts of entries. Returns for
    /// each enrolled subject, by its index from 1, a row with the programme and the snapshot, whose kind is null, and its entries.
    /// </summary>
    internal static readonly string Histories = $"""
        WITH started AS MATERIALIZED (
            SELECT i.n::integer, i.subject, i.count, e.programme, e.partition, s.turn, s.rule_book_hash, s.fold_version, s.state,
                CASE WHEN i.whole THEN 0 ELSE coalesce(s.turn, 0) END AS after
            FROM unnest($1, $2, $3) WITH ORDINALITY AS i (subject, whole, count, n)
            CROSS JOIN LATERAL (SELECT programme, partition FROM ledger.enrolment WHERE subject = i.subject OFFSET 0) e
            LEFT JOIN LATERAL (
                SELECT turn, rule_book_hash, fold_version, state FROM ledger.snapshot WHERE subject = i.subject OFFSET 0) s ON true
        )
        SELECT n, programme, rule_book_hash, partition, fold_version::bigint, turn, NULL::smallint, NULL::date, state FROM started
        UNION ALL
        SELECT n, NULL, NULL, partition, x.position, x.turn, x.kind, x.day, x.body FROM started t
        CROSS JOIN LATERAL (
            SELECT position, turn, kind, coalesce(day, date '2000-01-01') AS day, {LedgerReader.BodyForFold} AS body
            FROM ledger.entry WHERE subject = t.subject AND turn > t.after ORDER BY turn LIMIT t.count) x
        """;

    private readonly Lock _gate = new();
    private readonly Queue<PendingHistory> _waiting = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _running;

    /// <summary>Returns a subject's history; <see langword="null"/> when it has left.</summary>
    /// <exception cref="LedgerUnavailableException">Too many subjects wait, or the database cannot be reached.</exception>
    public async Task<SubjectHistory?> Read(SubjectId subject, HistoryStart start, int count, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        var pending = new PendingHistory(subject, start, Math.Min(count, options.ReadRowsMax));
        lock (_gate)
        {
            if (_stop.IsCancellationRequested || _waiting.Count >= options.HistoryBacklogMax) throw new LedgerUnavailableException();
            _waiting.Enqueue(pending);
            if (_running < options.HistoryReadsMax)
            {
                _running++;
                _ = Task.Run(ReadWaiting, CancellationToken.None);
            }
        }
        return await pending.Done.Task.WaitAsync(cancellationToken);
    }

    /// <summary>Ends the running statements, and fails whatever waits.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        lock (_gate)
            if (_running == 0) _ended.TrySetResult();
        await _ended.Task;
    }

    private async Task ReadWaiting()
    {
        while (Take() is { } gathered) await ReadOrFail(gathered);
    }

    /// <summary>Takes the subjects for one statement; <see langword="null"/> when none waits, and the loop has ended.</summary>
    private List<PendingHistory>? Take()
    {
        lock (_gate)
        {
            if (_waiting.Count == 0)
            {
                if (--_running == 0 && _stop.IsCancellationRequested) _ended.TrySetResult();
                return null;
            }
            var taken = new List<PendingHistory>(Math.Min(_waiting.Count, options.HistorySubjectsMax));
            while (taken.Count < options.HistorySubjectsMax && _waiting.TryDequeue(out var next)) taken.Add(next);
            return taken;
        }
    }

    private async Task ReadOrFail(IReadOnlyList<PendingHistory> gathered)
    {
        try
        {
            await Read(gathered);
        }
        catch (Exception exception) when (gathered.Count > 1 && IsOfOneSubject(exception))
        {
            foreach (var pending in gathered) await ReadOrFail([pending]);
        }
        catch (Exception exception)
        {
            var failure = _stop.IsCancellationRequested ? new LedgerUnavailableException() : PostgresErrors.Translate(exception, log);
            foreach (var pending in gathered) pending.Done.TrySetException(failure);
        }
    }

    /// <summary>Whether an error may come from one subject's rows: they are damaged, or too many for one statement's time.</summary>
    private static bool IsOfOneSubject(Exception exception) =>
        exception is PostgresException { SqlState: PostgresErrorCodes.QueryCanceled or ['X', 'X', ..] };

    private async Task Read(IReadOnlyList<PendingHistory> gathered)
    {
        LedgerMetrics.HistorySubjects.Record(gathered.Count);
        foreach (var pending in gathered) pending.Clear();
        await using var command = Sql.Command(
            database.Readers, Histories,
            (gathered.Select(pending => pending.Subject.Value).ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Bigint),
            (gathered.Select(pending => pending.Start == HistoryStart.FirstEntry).ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Boolean),
            (gathered.Select(pending => pending.Count).ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Integer));
        await using var reader = await command.ExecuteReaderAsync(_stop.Token);
        while (await reader.ReadAsync(_stop.Token)) gathered[reader.GetInt32(0) - 1].Add(reader);
        // Nothing is handed over before the statement has ended: an error may still follow.
        foreach (var pending in gathered) pending.Complete();
    }

    /// <summary>One subject whose history is read.</summary>
    private sealed class PendingHistory(SubjectId subject, HistoryStart start, int count)
    {
        private readonly List<Entry> _entries = [];
        private SubjectRecord? _record;
        private Snapshot? _snapshot;

        public SubjectId Subject => subject;

        public HistoryStart Start => start;

        public int Count => count;

        public TaskCompletionSource<SubjectHistory?> Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        /// <summary>Drops what an earlier attempt has read.</summary>
        public void Clear()
        {
            _entries.Clear();
            _record = null;
            _snapshot = null;
        }

        public void Add(NpgsqlDataReader row)
        {
            if (!row.IsDBNull(6))
            {
                _entries.Add(new Entry(
                    row.GetInt16(3), row.GetInt64(4), subject, row.GetInt64(5), (EntryKind)row.GetInt16(6), row.GetFieldValue<DateOnly>(7),
                    row.GetFieldValue<byte[]>(8)));
                return;
            }
            _record = new SubjectRecord(subject, ProgrammeId.Parse(row.GetString(1)), row.GetInt16(3));
            _snapshot = row.IsDBNull(5)
                ? null
                : new Snapshot(row.GetInt64(5), row.GetString(2), (int)row.GetInt64(4), row.GetFieldValue<byte[]>(8));
        }

        public void Complete() => Done.TrySetResult(_record is null ? null : new SubjectHistory(_record, _snapshot, _entries));
    }
}
