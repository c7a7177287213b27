using System.Buffers.Binary;
using Npgsql;
using NpgsqlTypes;
using Scoring.Ledger;
using Scoring.Programmes;
using Scoring.Storage;

namespace Scoring.Statistics;

/// <summary>Statistics in PostgreSQL. They are counted over the pool for long reads, so that no request waits for them.</summary>
internal sealed class PostgresStatistics(LedgerDatabase database, ILogger<PostgresStatistics> log) : IStatisticsStore
{
    internal const long LockKey = 0x5C0_57A7;

    /// <summary>
    /// Days before a month: an entry of an earlier day was written before every entry of the month. Lateness is at most 90 days in any
    /// programme, and time zones and clock skew are less than five.
    /// </summary>
    private const int EarlierDays = 95;

    /// <summary>Positions in which the search looks for a row with a day; padding and erased rows have none.</summary>
    private const int DayRunRows = 512;

    /// <summary>Length of a run that is counted instead of searched further, because that is as fast.</summary>
    private const int CloseRows = 2000;

    public Task<byte[]?> Find(ProgrammeId programme, StatisticsMonth month, CancellationToken cancellationToken) => PostgresErrors.Try(
        async () => (await Rows(
            Sql.Command(database.Readers, StatisticsSql.Find, Of(programme), Of(month.First)), reader => reader.GetFieldValue<byte[]>(0),
            cancellationToken)).SingleOrDefault(),
        log);

    public Task<IReadOnlyCollection<StatisticsMonth>> ReadMonths(ProgrammeId programme, CancellationToken cancellationToken) =>
        PostgresErrors.Try<IReadOnlyCollection<StatisticsMonth>>(
            async () => await Rows(
                Sql.Command(database.Bulk, StatisticsSql.Made, Of(programme)),
                reader => StatisticsMonth.Of(reader.GetFieldValue<DateOnly>(0)), cancellationToken),
            log);

    public Task Keep(ProgrammeId programme, StatisticsMonth month, byte[] document, DateOnly madeOn, CancellationToken cancellationToken) =>
        PostgresErrors.Try(
            async () =>
            {
                await using var command = Sql.Command(
                    database.Writers, StatisticsSql.Keep, Of(programme), Of(month.First), (document, NpgsqlDbType.Bytea), Of(madeOn));
                return await command.ExecuteNonQueryAsync(cancellationToken);
            },
            log);

    public Task<IAsyncDisposable?> TryLock(CancellationToken cancellationToken) => PostgresErrors.Try(
        () => AdvisoryLock.TryTake(database, LockKey, cancellationToken), log);

    public Task<long[]> Positions(CancellationToken cancellationToken) => PostgresErrors.Try(
        async () =>
            (await Rows(Sql.Command(database.Bulk, StatisticsSql.Positions), reader => reader.GetInt64(0), cancellationToken)).ToArray(),
        log);

    /// <summary>
    /// A binary search. Days follow positions except for lateness, so when an early enough day is found, all positions before it are before
    /// the month. When no day is found, the search continues in the earlier half: then more rows are counted, and the result stays correct.
    /// </summary>
    public Task<long> PositionBefore(
        ProgrammeId programme, StatisticsMonth month, int partition, long last, CancellationToken cancellationToken) => PostgresErrors.Try(
        async () =>
        {
            var early = month.First.AddDays(-EarlierDays);
            var before = (await Rows(
                Sql.Command(database.Bulk, StatisticsSql.Expired, Of(partition), Of(programme)), reader => reader.GetInt64(0),
                cancellationToken))
                .SingleOrDefault();
            for (var end = last; end - before > CloseRows;)
            {
                var middle = before + (end - before) / 2;
                if (await DayAt(partition, middle, cancellationToken) is var (position, day) && day < early) before = position;
                else end = middle;
            }
            return before;
        },
        log);

    public Task<MonthPage> Count(MonthRun run, CancellationToken cancellationToken) => PostgresErrors.Try(
        async () =>
        {
            var rows = await Rows(
                Sql.Command(
                    database.Bulk, StatisticsSql.Count, Of(run.Partition), Of(run.After), Of(run.To), Of(run.Programme),
                    Of(run.Month.First), Of(run.Month.Last), Of(run.OutcomesOn), Of(run.BeyondDay), (run.Salt, NpgsqlDbType.Bytea)),
                reader => (
                    IsContest: reader.GetBoolean(0), Name: reader.IsDBNull(1) ? null : reader.GetString(1), Count: reader.GetInt64(2),
                    Subjects: reader.IsDBNull(3) ? [] : reader.GetFieldValue<byte[][]>(3)),
                cancellationToken);
            return new MonthPage(
                [
                    .. from row in rows
                    where row.Name is not null
                    select new MonthCell(row.IsContest, row.Name, row.Count, [.. row.Subjects.Select(Number)]),
                ],
                rows.Exists(row => row is { Name: null, Count: > 0 }));
        },
        log);

    private async Task<(long Position, DateOnly Day)?> DayAt(int partition, long position, CancellationToken cancellationToken)
    {
        var found = await Rows(
            Sql.Command(database.Bulk, StatisticsSql.DayAt, Of(partition), Of(position), Of(position + DayRunRows)),
            reader => (reader.GetInt64(0), reader.GetFieldValue<DateOnly>(1)), cancellationToken);
        return found.Count > 0 ? found[0] : null;
    }

    private static long Number(byte[] hash) => BinaryPrimitives.ReadInt64BigEndian(hash);

    private static async Task<List<T>> Rows<T>(NpgsqlCommand command, Func<NpgsqlDataReader, T> row, CancellationToken cancellationToken)
    {
        var rows = new List<T>();
        await using (command)
        {
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            while (await reader.ReadAsync(cancellationToken)) rows.Add(row(reader));
        }
        return rows;
    }

    private static (object, NpgsqlDbType) Of(ProgrammeId programme) => (programme.Value, NpgsqlDbType.Text);

    private static (object, NpgsqlDbType) Of(DateOnly day) => (day, NpgsqlDbType.Date);

    private static (object, NpgsqlDbType) Of(int partition) => ((short)partition, NpgsqlDbType.Smallint);

    private static (object, NpgsqlDbType) Of(long position) => (position, NpgsqlDbType.Bigint);
}
