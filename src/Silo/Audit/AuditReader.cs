using System.Collections.Immutable;
using Npgsql;
using NpgsqlTypes;
using Scoring.Inbox;
using Scoring.Ledger;
using Scoring.Programmes;
using Scoring.Storage;
using Scoring.Subjects;

namespace Scoring.Audit;

/// <summary>Reads for audits. No statement takes a lock.</summary>
internal sealed class AuditReader(LedgerDatabase database)
{
    public async Task<AuditCase?> FindCase(string caseId, string auditor, CancellationToken cancellationToken)
    {
        await using var command = Command(AuditSql.FindCase, (caseId, NpgsqlDbType.Text), (auditor, NpgsqlDbType.Text));
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken) ? Case(reader, caseId, 0) : null;
    }

    public async Task<IReadOnlyList<AuditCase>> OpenCases(string auditor, DateOnly from, int count, CancellationToken cancellationToken)
    {
        var cases = new List<AuditCase>();
        await using var command = Command(
            AuditSql.OpenCases, (auditor, NpgsqlDbType.Text), (from, NpgsqlDbType.Date), (count, NpgsqlDbType.Integer));
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken)) cases.Add(Case(reader, reader.GetString(0), 1));
        return cases;
    }

    public async Task<IReadOnlyList<DrawSummary>> DrawsOf(IReadOnlyList<string> cases, int count, CancellationToken cancellationToken)
    {
        var draws = new List<DrawSummary>();
        await using var command = Command(
            AuditSql.DrawsOf, (cases.ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Text), (count, NpgsqlDbType.Integer));
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            draws.Add(new DrawSummary(
                reader.GetString(0), reader.GetString(1), reader.GetInt32(2), reader.GetInt64(3),
                reader.IsDBNull(4) ? null : reader.GetInt64(4)));
        }
        return draws;
    }

    /// <summary>Resolves a name to a subject, and reads what an audit of it begins with.</summary>
    public async Task<ResolvedSubject?> Resolve(NpgsqlBatchCommand resolving, Guid? reference, CancellationToken cancellationToken)
    {
        await using var connection = await database.Readers.OpenConnectionAsync(cancellationToken);
        await using var batch = new NpgsqlBatch(connection) { BatchCommands = { resolving } };
        SubjectId subject;
        int partition;
        await using (var resolved = await batch.ExecuteReaderAsync(cancellationToken))
        {
            if (!await resolved.ReadAsync(cancellationToken)) return null;
            subject = new SubjectId(resolved.GetInt64(0));
            partition = resolved.GetInt16(1);
        }
        await using var facts = Sql.Command(
            connection, AuditSql.Facts, (subject.Value, NpgsqlDbType.Bigint), ((object?)reference ?? DBNull.Value, NpgsqlDbType.Uuid));
        await using var reader = await facts.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken)
            ? new ResolvedSubject(
                subject, (SubjectKind)reader.GetInt16(0), partition, reader.GetInt64(1), reader.IsDBNull(2) ? null : reader.GetInt64(2))
            : null;
    }

    public async Task<bool> HasAccess(SubjectId subject, Guid key, CancellationToken cancellationToken)
    {
        await using var command = Command(AuditSql.HasAccess, (subject.Value, NpgsqlDbType.Bigint), (key, NpgsqlDbType.Uuid));
        return await command.ExecuteScalarAsync(cancellationToken) is true;
    }

    public async Task<long> LastTurn(SubjectId subject, long position, CancellationToken cancellationToken)
    {
        await using var command = Command(AuditSql.LastTurn, (subject.Value, NpgsqlDbType.Bigint), (position, NpgsqlDbType.Bigint));
        return await command.ExecuteScalarAsync(cancellationToken) as long? ?? 0;
    }

    public async Task<(EntryKind Kind, DateOnly Day, DateOnly Latest)?> DayOf(
        SubjectId subject, long turn, CancellationToken cancellationToken)
    {
        await using var command = Command(AuditSql.DayOf, (subject.Value, NpgsqlDbType.Bigint), (turn, NpgsqlDbType.Bigint));
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken)
            ? ((EntryKind)reader.GetInt16(0), reader.GetFieldValue<DateOnly>(1), reader.GetFieldValue<DateOnly>(2))
            : null;
    }

    public async Task<(AuditDraw Draw, AuditCase Case)?> FindDraw(string drawId, string auditor, CancellationToken cancellationToken)
    {
        await using var connection = await database.Readers.OpenConnectionAsync(cancellationToken);
        AuditDraw draw;
        AuditCase auditCase;
        await using (var command = Sql.Command(
            connection, AuditSql.FindDraw, (drawId, NpgsqlDbType.Text), (auditor, NpgsqlDbType.Text)))
        await using (var reader = await command.ExecuteReaderAsync(cancellationToken))
        {
            if (!await reader.ReadAsync(cancellationToken)) return null;
            draw = new AuditDraw(
                drawId, reader.GetInt32(0), reader.GetInt64(1), reader.IsDBNull(2) ? null : reader.GetInt64(2), []);
            auditCase = Case(reader, reader.GetString(3), 4);
        }
        var picks = ImmutableArray.CreateBuilder<DrawPick>();
        await using var listing = Sql.Command(connection, AuditSql.Picks, (drawId, NpgsqlDbType.Text));
        await using var listed = await listing.ExecuteReaderAsync(cancellationToken);
        while (await listed.ReadAsync(cancellationToken))
            picks.Add(new DrawPick(listed.GetInt32(0), listed.GetInt64(1), listed.GetInt16(2), listed.GetInt64(3)));
        return (draw with { Picks = picks.ToImmutable() }, auditCase);
    }

    public async Task<IReadOnlyList<(long Position, DateOnly Day, byte[] Body, byte[] Leaf)>> Acts(
        IReadOnlyList<long> positions, CancellationToken cancellationToken)
    {
        var acts = new List<(long, DateOnly, byte[], byte[])>(positions.Count);
        await using var command = Command(AuditSql.Acts, (positions.ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Bigint));
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            acts.Add((
                reader.GetInt64(0), reader.GetFieldValue<DateOnly>(1), reader.GetFieldValue<byte[]>(2), reader.GetFieldValue<byte[]>(3)));
        }
        return acts;
    }

    /// <summary>Reads rows as every auditor may see them. It uses the pool for long reads, because a ledger is long.</summary>
    public async Task<IReadOnlyList<LedgerRow>> Rows(
        string sql, CancellationToken cancellationToken, params (object Value, NpgsqlDbType Type)[] parameters)
    {
        var rows = new List<LedgerRow>();
        await using var command = Sql.Command(database.Bulk, sql, parameters);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            var position = reader.GetInt64(0);
            var leaf = reader.GetFieldValue<byte[]>(1);
            var kind = (EntryKind)reader.GetInt16(2);
            rows.Add(kind switch
            {
                EntryKind.Withdrawn or EntryKind.Expired or EntryKind.Padded or EntryKind.Act => new LedgerRow(
                    position, leaf, LedgerRowState.Public, (byte)kind, reader.GetFieldValue<DateOnly>(3), reader.GetFieldValue<byte[]>(4)),
                EntryKind.Padding => new LedgerRow(position, leaf, LedgerRowState.Padding, 0, null, null),
                _ => new LedgerRow(
                    position, leaf, reader.IsDBNull(4) ? LedgerRowState.Gone : LedgerRowState.Held, 0, null, null),
            });
        }
        return rows;
    }

    private NpgsqlCommand Command(string sql, params ReadOnlySpan<(object Value, NpgsqlDbType Type)> parameters) =>
        Sql.Command(database.Readers, sql, parameters);

    private static AuditCase Case(NpgsqlDataReader reader, string caseId, int column) => new(
        caseId, ProgrammeId.Parse(reader.GetString(column)), (AuditPurpose)reader.GetInt16(column + 1),
        reader.GetFieldValue<DateOnly>(column + 2), reader.GetFieldValue<DateOnly>(column + 3));
}
