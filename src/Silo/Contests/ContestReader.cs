using Npgsql;
using NpgsqlTypes;
using Scoring.Storage;
using Scoring.Subjects;

namespace Scoring.Contests;

/// <summary>Reads contests without a lock, and deletes contests whose event is erased.</summary>
internal sealed class ContestReader(LedgerDatabase database)
{
    private const int CountMax = 10_000;

    /// <summary>Most contests that one statement checks for erased events.</summary>
    private const int CheckedMax = 1000;

    private long _lastChecked;

    public Task<IReadOnlyList<StoredContest>> OfSubject(SubjectId subject, CancellationToken cancellationToken) =>
        Contests(ContestRows.Contest, cancellationToken, ContestSql.OfSubject, (subject.Value, NpgsqlDbType.Bigint));

    public async Task<FoundCase?> Find(string caseId, CancellationToken cancellationToken)
    {
        await using var command = Sql.Command(database.Readers, ContestSql.Find, (caseId, NpgsqlDbType.Text));
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken)
            ? new FoundCase(new SubjectId(reader.GetInt64(13)), ContestRows.Contest(reader), ContestRows.Event(reader, 14))
            : null;
    }

    public Task<IReadOnlyList<StoredContest>> Undecided(CasePlace? after, int count, CancellationToken cancellationToken) =>
        Contests(ContestRows.Contest, cancellationToken, ContestSql.Undecided, After(after, count));

    public Task<IReadOnlyList<WaitingCase>> UndecidedWithDay(CasePlace? after, int count, CancellationToken cancellationToken) => Contests(
        reader => new WaitingCase(
            new SubjectId(reader.GetInt64(13)), ContestRows.Contest(reader), reader.GetFieldValue<DateOnly>(14)),
        cancellationToken, ContestSql.UndecidedWithDay, After(after, count));

    public Task<IReadOnlyList<StoredContest>> UndecidedOf(string source, long after, int count, CancellationToken cancellationToken) =>
        Contests(
            ContestRows.Contest, cancellationToken, ContestSql.UndecidedOf, (source, NpgsqlDbType.Text), (after, NpgsqlDbType.Bigint),
            (Math.Clamp(count, 1, CountMax), NpgsqlDbType.Integer));

    /// <summary>Checks the next contests, starting again after the last one; returns how many were deleted.</summary>
    public async Task<int> DeleteWithoutEvent(CancellationToken cancellationToken)
    {
        await using var command = Sql.Command(
            database.Writers, ContestSql.DeleteWithoutEvent, (Interlocked.Read(ref _lastChecked), NpgsqlDbType.Bigint),
            (CheckedMax, NpgsqlDbType.Integer));
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        Interlocked.Exchange(ref _lastChecked, reader.IsDBNull(0) ? 0 : reader.GetInt64(0));
        return (int)reader.GetInt64(1);
    }

    private static (object Value, NpgsqlDbType Type)[] After(CasePlace? after, int count) =>
    [
        (after?.DueOn ?? DateOnly.MinValue, NpgsqlDbType.Date), (after?.Number ?? 0, NpgsqlDbType.Bigint),
        (Math.Clamp(count, 1, CountMax), NpgsqlDbType.Integer),
    ];

    private async Task<IReadOnlyList<T>> Contests<T>(
        Func<NpgsqlDataReader, T> read, CancellationToken cancellationToken, string sql,
        params (object Value, NpgsqlDbType Type)[] parameters)
    {
        var contests = new List<T>();
        await using var command = Sql.Command(database.Readers, sql, parameters);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken)) contests.Add(read(reader));
        return contests;
    }
}
