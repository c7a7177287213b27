using Npgsql;
using NpgsqlTypes;
using Scoring.Erasures;
using Scoring.Ledger;
using Scoring.Programmes;
using Scoring.Storage;

namespace Scoring.Retention;

/// <summary>What of a programme is past keeping.</summary>
/// <param name="Programme">The programme.</param>
/// <param name="LastDayGone">Entries of this day and before.</param>
/// <param name="LatenessDaysMax">How late an event may be.</param>
/// <param name="Today">The day in its zone.</param>
internal sealed record DueDays(ProgrammeId Programme, DateOnly LastDayGone, int LatenessDaysMax, DateOnly Today);

/// <summary>
/// Clears entries past their retention as a withdrawal clears a subject's. Each partition is walked in the order of its positions, once a
/// day and programme, from the first row that is still kept: days follow positions but for lateness, so the walk ends where nothing
/// behind can be due. What it finds is declared by a tombstone and cleared in one transaction a chunk, so that at no moment a body is
/// missing undeclared. Two walks at once do no harm.
/// </summary>
internal sealed class RetentionExpirer(
    LedgerDatabase database, LedgerHeads heads, TombstoneWriter tombstones, RetentionOptions options, int partitionCount)
{
    /// <summary>Days by which an entry's day may be ahead of the day it is written on: skew and zones.</summary>
    private const int AheadDays = 2;

    /// <summary>Walks on until all is done, or so many rows are looked at; returns how many were cleared, and whether it is done.</summary>
    public async Task<(long Cleared, bool IsDone)> Run(IEnumerable<DueDays> due, long rowsMax, CancellationToken cancellationToken)
    {
        var (cleared, rows) = (0L, 0L);
        foreach (var days in due)
        {
            for (short partition = 0; partition < partitionCount; partition++)
            {
                while (await Step(partition, days, cancellationToken) is { } step)
                {
                    cleared += step.Cleared;
                    rows += step.Rows;
                    if (rows >= rowsMax) return (cleared, false);
                }
            }
        }
        return (cleared, true);
    }

    /// <summary>One run of positions; <see langword="null"/> when the walk of the day is over.</summary>
    private async Task<(long Rows, long Cleared)?> Step(short partition, DueDays days, CancellationToken cancellationToken)
    {
        var place = await PlaceOf(partition, days, cancellationToken);
        if (place.Reached is null && place.Day >= days.LastDayGone) return null;
        // A walk that was broken off goes on with its own day; the next one follows it.
        var walk = place.Reached is { } reached ? days with { LastDayGone = place.Day } : days;
        var from = place.Reached ?? place.Position;
        var run = await RunAfter(partition, from, walk, cancellationToken);
        var isOver = run.Beyond is not null || run.Rows < options.ReadRowsMax;
        var to = run.Beyond - 1 ?? run.Last ?? from;
        var done = place.Position < from ? place.Position : Math.Min(run.Kept - 1 ?? to, to);
        var cleared = await Clear(partition, walk, run, new WalkPosition(done, isOver ? null : to, walk.LastDayGone), cancellationToken);
        return (run.Rows + 1, cleared);
    }

    private async Task<long> Clear(short partition, DueDays days, WalkPage found, WalkPosition place, CancellationToken cancellationToken)
    {
        (long[] Due, long[] Consents)[] chunks =
        [
            .. found.Due.Chunk(options.ClearRowsMax).Select(due => (due, (long[])[])),
            .. found.Consents.Chunk(options.ClearRowsMax).Select(consents => ((long[])[], consents)),
        ];
        var cleared = 0L;
        // Only with the last chunk is the run done; broken off before it, it is walked again.
        for (var at = 0; at < chunks.Length; at++)
            cleared += await Chunk(partition, days, chunks[at], at == chunks.Length - 1 ? place : null, cancellationToken);
        if (chunks.Length > 0) return cleared;
        await using var command = Sql.Command(database.Writers, ExpirySql.Note, Parameters(partition, days, place));
        await command.ExecuteNonQueryAsync(cancellationToken);
        return cleared;
    }

    private async Task<long> Chunk(
        short partition, DueDays days, (long[] Due, long[] Consents) chunk, WalkPosition? place, CancellationToken cancellationToken)
    {
        await using var locked = await LockedTransaction.Open(database, heads, [partition], cancellationToken);
        var subjects = new List<long>();
        await using (var clear = locked.Batch(Sql.Command(
            ExpirySql.Clear, (partition, NpgsqlDbType.Smallint), (chunk.Due, NpgsqlDbType.Array | NpgsqlDbType.Bigint),
            (days.LastDayGone, NpgsqlDbType.Date), (days.Programme.Value, NpgsqlDbType.Text),
            (chunk.Consents, NpgsqlDbType.Array | NpgsqlDbType.Bigint))))
        await using (var reader = await clear.ExecuteReaderAsync(cancellationToken))
            while (await reader.ReadAsync(cancellationToken)) subjects.Add(reader.GetInt64(0));
        if (subjects.Count > 0) await Declare(locked, partition, days, subjects, cancellationToken);
        if (place is { } reached) await locked.Run(cancellationToken, Sql.Command(ExpirySql.Note, Parameters(partition, days, reached)));
        await locked.Commit();
        return subjects.Count;
    }

    private async Task Declare(
        LockedTransaction locked, short partition, DueDays days, List<long> subjects, CancellationToken cancellationToken)
    {
        var position = await tombstones.Append(
            locked, partition, EntryKind.Expired, days.Today, subjects.Count, ErasureCause.Expiry, cancellationToken);
        await locked.Run(
            cancellationToken,
            Sql.Command(
                ExpirySql.Snapshots, (subjects.Distinct().ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Bigint),
                (days.LastDayGone, NpgsqlDbType.Date)),
            Sql.Command(
                ExpirySql.Declared, (partition, NpgsqlDbType.Smallint), (position, NpgsqlDbType.Bigint),
                ((long)subjects.Count, NpgsqlDbType.Bigint)));
    }

    private async Task<WalkPosition> PlaceOf(short partition, DueDays days, CancellationToken cancellationToken)
    {
        await using var command = Sql.Command(
            database.Bulk, ExpirySql.Place, (partition, NpgsqlDbType.Smallint), (days.Programme.Value, NpgsqlDbType.Text));
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken)
            ? new WalkPosition(reader.GetInt64(0), reader.IsDBNull(1) ? null : reader.GetInt64(1), reader.GetFieldValue<DateOnly>(2))
            : new WalkPosition(0, null, DateOnly.MinValue);
    }

    private async Task<WalkPage> RunAfter(short partition, long after, DueDays days, CancellationToken cancellationToken)
    {
        var beyond = days.LastDayGone.AddDays(days.LatenessDaysMax + AheadDays);
        await using var command = Sql.Command(
            database.Bulk, ExpirySql.Run, (partition, NpgsqlDbType.Smallint), (after, NpgsqlDbType.Bigint),
            (options.ReadRowsMax, NpgsqlDbType.Integer), (days.Programme.Value, NpgsqlDbType.Text),
            (days.LastDayGone, NpgsqlDbType.Date), (beyond, NpgsqlDbType.Date));
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        return new WalkPage(
            reader.GetInt64(0), Number(1), Number(2), Number(3), reader.GetFieldValue<long[]>(4), reader.GetFieldValue<long[]>(5));

        long? Number(int column) => reader.IsDBNull(column) ? null : reader.GetInt64(column);
    }

    private static (object Value, NpgsqlDbType Type)[] Parameters(short partition, DueDays days, WalkPosition place) =>
    [
        (partition, NpgsqlDbType.Smallint), (days.Programme.Value, NpgsqlDbType.Text), (place.Position, NpgsqlDbType.Bigint),
        ((object?)place.Reached ?? DBNull.Value, NpgsqlDbType.Bigint), (place.Day, NpgsqlDbType.Date),
    ];

    private readonly record struct WalkPosition(long Position, long? Reached, DateOnly Day);

    private sealed record WalkPage(long Rows, long? Last, long? Beyond, long? Kept, long[] Due, long[] Consents);
}
