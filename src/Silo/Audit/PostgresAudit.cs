using Microsoft.Extensions.Options;
using Npgsql;
using NpgsqlTypes;
using Scoring.Administration;
using Scoring.Enrolments;
using Scoring.Inbox;
using Scoring.Ledger;
using Scoring.Programmes;
using Scoring.Storage;
using Scoring.Subjects;

namespace Scoring.Audit;

/// <summary>Audits in PostgreSQL. What is written about a subject is written in a <see cref="LockedTransaction"/>.</summary>
internal sealed class PostgresAudit(
    LedgerDatabase database, LedgerHeads heads, IOptions<EnrolmentOptions> options, ILogger<PostgresAudit> log) : IAuditStore
{
    private readonly LockedSubjects _subjects = new(database, heads, options);
    private readonly AdminActionWriter _actions = new(database, heads);
    private readonly AuditReader _reader = new(database);

    public Task<bool> OpenCase(AuditCase opened, string auditor, int perDayMax, NewAdminAction act, CancellationToken cancellationToken) =>
        PostgresErrors.Try(
            async () =>
            {
                await using var locked = await _actions.Open(cancellationToken);
                await using (var counting = locked.Batch(Sql.Command(
                    AuditSql.CasesOfDay, (auditor, NpgsqlDbType.Text), (opened.OpenedOn, NpgsqlDbType.Date))))
                    if (await counting.ExecuteScalarAsync(cancellationToken) is not long count || count >= perDayMax) return false;
                await locked.Run(cancellationToken, Sql.Command(
                    AuditSql.InsertCase, (opened.Case, NpgsqlDbType.Text), (auditor, NpgsqlDbType.Text),
                    (opened.Programme.Value, NpgsqlDbType.Text), ((short)opened.Purpose, NpgsqlDbType.Smallint),
                    (opened.OpenedOn, NpgsqlDbType.Date), (opened.ExpiresOn, NpgsqlDbType.Date)));
                await AdminActionWriter.Append(locked, act, cancellationToken);
                await locked.Commit();
                return true;
            },
            log);

    public Task<AuditCase?> FindCase(string caseId, string auditor, CancellationToken cancellationToken) =>
        PostgresErrors.Try(() => _reader.FindCase(caseId, auditor, cancellationToken), log);

    public Task<IReadOnlyList<AuditCase>> OpenCases(string auditor, DateOnly from, int count, CancellationToken cancellationToken) =>
        PostgresErrors.Try(() => _reader.OpenCases(auditor, from, count, cancellationToken), log);

    public Task<IReadOnlyList<DrawSummary>> DrawsOf(IReadOnlyList<string> cases, int count, CancellationToken cancellationToken) =>
        PostgresErrors.Try(() => _reader.DrawsOf(cases, count, cancellationToken), log);

    public Task<bool?> AddCode(
        byte[] locator, byte[] hash, DateOnly today, DateOnly expiresOn, int countMax, EntryToAppend entry,
        CancellationToken cancellationToken) =>
        PostgresErrors.Try(
            () => _subjects.With<bool?>(
                locator, null,
                async (locked, subject, _) =>
                {
                    await locked.Run(cancellationToken, Sql.Command(
                        AuditSql.DeleteExpiredCodes, (subject.Value, NpgsqlDbType.Bigint), (today, NpgsqlDbType.Date)));
                    await using (var counting = locked.Batch(Sql.Command(AuditSql.CountCodes, (subject.Value, NpgsqlDbType.Bigint))))
                        if (await counting.ExecuteScalarAsync(cancellationToken) is not long count || count >= countMax) return false;
                    await locked.Run(cancellationToken, Sql.Command(
                        AuditSql.InsertCode, (hash, NpgsqlDbType.Bytea), (subject.Value, NpgsqlDbType.Bigint),
                        (expiresOn, NpgsqlDbType.Date)));
                    await locked.Append(cancellationToken, [(subject, entry)]);
                    await locked.Commit();
                    return true;
                },
                cancellationToken),
            log);

    public Task<ResolvedSubject?> Resolve(SubjectLookup way, ProgrammeId programme, DateOnly today, CancellationToken cancellationToken) =>
        PostgresErrors.Try(() => _reader.Resolve(Resolving(way, programme, today), way.Reference, cancellationToken), log);

    public Task<long?> AppendAccess(
        SubjectLookup way, ProgrammeId programme, DateOnly today, SubjectId subject, EntryToAppend entry,
        CancellationToken cancellationToken) =>
        PostgresErrors.Try(
            () => _subjects.With<long?>(
                () => Resolving(way, programme, today), null,
                async (locked, resolved, _) =>
                {
                    if (resolved != subject) return null;
                    if (await TurnOf(locked, resolved, entry.Key, cancellationToken) is { } written) return written;
                    await locked.Append(cancellationToken, [(resolved, entry)]);
                    var turn = await TurnOf(locked, resolved, entry.Key, cancellationToken);
                    await locked.Commit();
                    return turn;
                },
                cancellationToken),
            log);

    public Task<bool> HasAccess(SubjectId subject, Guid key, CancellationToken cancellationToken) =>
        PostgresErrors.Try(() => _reader.HasAccess(subject, key, cancellationToken), log);

    public Task<long> LastTurn(SubjectId subject, long position, CancellationToken cancellationToken) =>
        PostgresErrors.Try(() => _reader.LastTurn(subject, position, cancellationToken), log);

    public Task<(EntryKind Kind, DateOnly Day, DateOnly Latest)?> DayOf(
        SubjectId subject, long turn, CancellationToken cancellationToken) =>
        PostgresErrors.Try(() => _reader.DayOf(subject, turn, cancellationToken), log);

    public Task<bool> RequestDraw(
        string drawId, string caseId, int count, long askedAfter, int drawsMax, CancellationToken cancellationToken) =>
        PostgresErrors.Try(
            async () =>
            {
                await using var connection = await database.Writers.OpenConnectionAsync(cancellationToken);
                await using var batch = new NpgsqlBatch(connection);
                batch.BatchCommands.Add(Sql.Command(AuditSql.LockCase, (caseId, NpgsqlDbType.Text)));
                batch.BatchCommands.Add(Sql.Command(
                    AuditSql.InsertDraw, (drawId, NpgsqlDbType.Text), (caseId, NpgsqlDbType.Text), (count, NpgsqlDbType.Integer),
                    (askedAfter, NpgsqlDbType.Bigint), ((long)drawsMax, NpgsqlDbType.Bigint)));
                await batch.ExecuteNonQueryAsync(cancellationToken);
                return batch.BatchCommands[1].RecordsAffected == 1;
            },
            log);

    public Task<(AuditDraw Draw, AuditCase Case)?> FindDraw(string drawId, string auditor, CancellationToken cancellationToken) =>
        PostgresErrors.Try(() => _reader.FindDraw(drawId, auditor, cancellationToken), log);

    public Task FixDraw(
        string drawId, ProgrammeId programme, long checkpoint, IReadOnlyList<DrawPick> candidates, int count,
        CancellationToken cancellationToken) =>
        PostgresErrors.Try(
            async () =>
            {
                await using var connection = await database.Writers.OpenConnectionAsync(cancellationToken);
                await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
                await using var fix = Sql.Command(
                    connection, AuditSql.Fix, (drawId, NpgsqlDbType.Text), (checkpoint, NpgsqlDbType.Bigint));
                if (await fix.ExecuteNonQueryAsync(cancellationToken) == 0) return false;
                await using var insert = Sql.Command(
                    connection, AuditSql.InsertPicks, (drawId, NpgsqlDbType.Text),
                    (candidates.Select(place => (short)place.Partition).ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Smallint),
                    (candidates.Select(place => place.Position).ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Bigint),
                    (programme.Value, NpgsqlDbType.Text), (count, NpgsqlDbType.Integer));
                try
                {
                    await insert.ExecuteNonQueryAsync(cancellationToken);
                }
                catch (PostgresException exception) when (exception.SqlState == PostgresErrorCodes.ForeignKeyViolation)
                {
                    return false; // a drawn subject is being withdrawn; the next request draws from the others
                }
                await transaction.CommitAsync(CancellationToken.None);
                return true;
            },
            log);

    public Task<IReadOnlyList<(long Position, DateOnly Day, byte[] Body, byte[] Leaf)>> Acts(
        IReadOnlyList<long> positions, CancellationToken cancellationToken) =>
        PostgresErrors.Try(() => _reader.Acts(positions, cancellationToken), log);

    public Task<IReadOnlyList<LedgerRow>> Rows(int partition, long after, long upTo, int count, CancellationToken cancellationToken) =>
        PostgresErrors.Try(
            () => _reader.Rows(
                AuditSql.Rows, cancellationToken, ((short)partition, NpgsqlDbType.Smallint), (after, NpgsqlDbType.Bigint),
                (upTo, NpgsqlDbType.Bigint), (count, NpgsqlDbType.Integer)),
            log);

    public Task<IReadOnlyList<LedgerRow>> Tombstones(int partition, long after, int count, CancellationToken cancellationToken) =>
        PostgresErrors.Try(
            () => _reader.Rows(
                AuditSql.Tombstones, cancellationToken, ((short)partition, NpgsqlDbType.Smallint), (after, NpgsqlDbType.Bigint),
                (count, NpgsqlDbType.Integer)),
            log);

    private static NpgsqlBatchCommand Resolving(SubjectLookup lookup, ProgrammeId programme, DateOnly today)
    {
        (object Value, NpgsqlDbType Type)[] scope = [(programme.Value, NpgsqlDbType.Text), (today, NpgsqlDbType.Date)];
        return lookup switch
        {
            { Reference: { } key } => Sql.Command(AuditSql.ByReference, [(key, NpgsqlDbType.Uuid), .. scope]),
            { Contest: { } contest } => Sql.Command(AuditSql.ByContest, [(contest, NpgsqlDbType.Text), .. scope]),
            { CodeHash: { } hash } => Sql.Command(AuditSql.ByCode, [(hash, NpgsqlDbType.Bytea), .. scope]),
            _ => Sql.Command(
                AuditSql.ByPick,
                [(lookup.Draw!, NpgsqlDbType.Text), .. scope, (lookup.Pick, NpgsqlDbType.Integer), (lookup.Case, NpgsqlDbType.Text)]),
        };
    }

    private static async Task<long?> TurnOf(LockedTransaction locked, SubjectId subject, Guid key, CancellationToken cancellationToken)
    {
        await using var batch = locked.Batch(Sql.Command(
            AuditSql.TurnOfKey, (subject.Value, NpgsqlDbType.Bigint), (key, NpgsqlDbType.Uuid)));
        return await batch.ExecuteScalarAsync(cancellationToken) as long?;
    }
}
