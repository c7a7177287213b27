using Npgsql;
using NpgsqlTypes;
using Scoring.Administration;
using Scoring.Ledger;
using Scoring.Programmes;
using Scoring.Storage;
using Scoring.Subjects;

namespace Scoring.SetAside;

/// <summary>Notes of entries that are set aside, in PostgreSQL.</summary>
internal sealed class PostgresSetAside(LedgerDatabase database, AdminActionWriter actions, ILogger<PostgresSetAside> log) : ISetAsideStore
{
    internal const long LockKey = 0x5C0_5E7A;

    /// <summary>Greatest number of reasons that are counted. A silo's rules change seldom, so there are few for each group.</summary>
    private const int ReasonsMax = 10_000;

    /// <inheritdoc/>
    public Task Note(IReadOnlyCollection<SetAsideEntry> entries, CancellationToken cancellationToken) => PostgresErrors.Try(
        async () =>
        {
            await using var batch = database.Writers.CreateBatch();
            batch.BatchCommands.Add(NoteCommand(entries));
            return await batch.ExecuteNonQueryAsync(cancellationToken);
        },
        log);

    /// <inheritdoc/>
    public Task<IReadOnlyList<SetAsideCount>> Count(CancellationToken cancellationToken) => Rows(
        Sql.Command(database.Readers, SetAsideSql.Count, (ReasonsMax, NpgsqlDbType.Integer)),
        reader => new SetAsideCount(
            ProgrammeId.Parse(reader.GetString(0)), (EntryKind)reader.GetInt16(1), reader.IsDBNull(2) ? null : reader.GetString(2),
            reader.GetInt32(3), reader.GetString(4), reader.GetString(5), reader.GetInt32(6), reader.GetInt64(7), reader.GetInt64(8)),
        cancellationToken);

    /// <inheritdoc/>
    public async Task<long> CountUpTo(int max, CancellationToken cancellationToken) => (await Rows(
        Sql.Command(database.Readers, SetAsideSql.CountUpTo, (max, NpgsqlDbType.Integer)), reader => reader.GetInt64(0),
        cancellationToken))[0];

    /// <inheritdoc/>
    public Task<IReadOnlyList<ProgrammeId>> ReadReplays(CancellationToken cancellationToken) => Rows(
        Sql.Command(database.Readers, SetAsideSql.Replays), reader => ProgrammeId.Parse(reader.GetString(0)), cancellationToken);

    /// <inheritdoc/>
    public Task RequestReplay(NewAdminAction act, CancellationToken cancellationToken) => PostgresErrors.Try(
        () => actions.Write(
            act,
            locked => locked.Run(
                cancellationToken, Sql.Command(SetAsideSql.RequestReplay, (act.Programme!.Value.Value, NpgsqlDbType.Text))),
            cancellationToken),
        log);

    /// <inheritdoc/>
    public Task<IReadOnlyList<SetAsideSubject>> ReadDue(long after, int count, CancellationToken cancellationToken) => Rows(
        Sql.Command(database.Readers, SetAsideSql.Due, (after, NpgsqlDbType.Bigint), (count, NpgsqlDbType.Integer)),
        reader => new SetAsideSubject(
            reader.GetInt64(0), new SubjectId(reader.GetInt64(1)), (SubjectKind)reader.GetInt16(2), ProgrammeId.Parse(reader.GetString(3))),
        cancellationToken);

    /// <inheritdoc/>
    public Task DropSnapshot(SubjectId subject, CancellationToken cancellationToken) =>
        Run(cancellationToken, Sql.Command(SetAsideSql.DropSnapshot, Of(subject)));

    /// <inheritdoc/>
    public Task Settle(
        SubjectId subject, IReadOnlyCollection<SetAsideEntry> entries, Snapshot snapshot, CancellationToken cancellationToken) =>
        Run(
            cancellationToken, Sql.Command(SetAsideSql.DeleteNotes, Of(subject)), NoteCommand(entries),
            Sql.Command(
                SetAsideSql.ReplaceSnapshot, Of(subject), (snapshot.Turn, NpgsqlDbType.Bigint),
                (snapshot.RuleBookHash, NpgsqlDbType.Text), (snapshot.FoldVersion, NpgsqlDbType.Integer),
                (snapshot.State, NpgsqlDbType.Bytea), ((object?)snapshot.Oldest ?? DBNull.Value, NpgsqlDbType.Date)));

    /// <inheritdoc/>
    public Task EndReplays(CancellationToken cancellationToken) => Run(cancellationToken, Sql.Command(SetAsideSql.EndReplays));

    /// <inheritdoc/>
    public Task<IAsyncDisposable?> TryLock(CancellationToken cancellationToken) => PostgresErrors.Try(
        () => AdvisoryLock.TryTake(database, LockKey, cancellationToken), log);

    /// <summary>Runs commands in one transaction, which a batch without an explicit one is.</summary>
    private Task Run(CancellationToken cancellationToken, params NpgsqlBatchCommand[] commands) => PostgresErrors.Try(
        async () =>
        {
            await using var batch = database.Writers.CreateBatch();
            foreach (var command in commands) batch.BatchCommands.Add(command);
            return await batch.ExecuteNonQueryAsync(cancellationToken);
        },
        log);

    private Task<IReadOnlyList<T>> Rows<T>(NpgsqlCommand command, Func<NpgsqlDataReader, T> row, CancellationToken cancellationToken) =>
        PostgresErrors.Try<IReadOnlyList<T>>(
            async () =>
            {
                var rows = new List<T>();
                await using (command)
                {
                    await using var reader = await command.ExecuteReaderAsync(cancellationToken);
                    while (await reader.ReadAsync(cancellationToken)) rows.Add(row(reader));
                }
                return rows;
            },
            log);

    private static NpgsqlBatchCommand NoteCommand(IReadOnlyCollection<SetAsideEntry> entries) => Sql.Command(
        SetAsideSql.Note,
        All(entries, entry => entry.Subject.Value, NpgsqlDbType.Bigint), All(entries, entry => entry.Turn, NpgsqlDbType.Bigint),
        All(entries, entry => entry.Programme.Value, NpgsqlDbType.Text), All(entries, entry => (short)entry.Kind, NpgsqlDbType.Smallint),
        All(entries, entry => entry.Day, NpgsqlDbType.Date), All(entries, entry => entry.EventType, NpgsqlDbType.Text),
        All(entries, entry => entry.RuleSet, NpgsqlDbType.Integer), All(entries, entry => entry.Fault, NpgsqlDbType.Text),
        All(entries, entry => entry.RulesHash, NpgsqlDbType.Text), All(entries, entry => entry.FoldVersion, NpgsqlDbType.Integer));

    private static (object, NpgsqlDbType) All<T>(
        IReadOnlyCollection<SetAsideEntry> entries, Func<SetAsideEntry, T> value, NpgsqlDbType type) =>
        (entries.Select(value).ToArray(), NpgsqlDbType.Array | type);

    private static (object, NpgsqlDbType) Of(SubjectId subject) => (subject.Value, NpgsqlDbType.Bigint);
}
